import { strict as assert } from 'node:assert';
import { chmod, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { AlexNetInspectorApi } from '../../alexnet-inspector';
import { extensionApi, inWorkspace, picture } from '../support/extensionApi';
import { notRun } from '../support/notRun';

const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('alexnet');

/** A PNG whose header promises 30000 x 30000 pixels and whose data are missing. */
const hugePng = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
  Buffer.from('IHDR'),
  Buffer.from([0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 2, 0, 0, 0, 0, 0, 0, 0]),
]);

/** What is put under a name, and what the one sentence must say. */
const files: readonly {
  name: string;
  bytes: (jpeg: Buffer, png: Buffer) => Uint8Array;
  says: RegExp;
}[] = [
  {
    name: 'quarter.jpg',
    bytes: (jpeg) => jpeg.subarray(0, jpeg.length / 4),
    says: /^quarter\.jpg: .*cut short/,
  },
  {
    name: 'half.jpg',
    bytes: (jpeg) => jpeg.subarray(0, jpeg.length / 2),
    says: /^half\.jpg: .*cut short/,
  },
  {
    name: 'most.jpg',
    bytes: (jpeg) => jpeg.subarray(0, (jpeg.length * 3) / 4),
    says: /^most\.jpg: .*cut short/,
  },
  {
    name: 'quarter.png',
    bytes: (_, png) => png.subarray(0, png.length / 4),
    says: /^quarter\.png: .*cut short/,
  },
  {
    name: 'half.png',
    bytes: (_, png) => png.subarray(0, png.length / 2),
    says: /^half\.png: .*cut short/,
  },
  {
    name: 'most.png',
    bytes: (_, png) => png.subarray(0, (png.length * 3) / 4),
    says: /^most\.png: .*cut short/,
  },
  { name: 'empty.jpg', bytes: () => new Uint8Array(), says: /^empty\.jpg is empty/ },
  {
    name: 'text.jpg',
    bytes: () => Buffer.from('this is no picture at all\n'.repeat(20)),
    says: /^text\.jpg is text, not a picture/,
  },
  {
    name: 'page.png',
    bytes: () => Buffer.from('<!DOCTYPE html><html><body>404</body></html>'),
    says: /^page\.png is a web page, not a picture/,
  },
  {
    name: 'drawing.png',
    bytes: () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    says: /^drawing\.png is a drawing \(SVG\), which is not read: export/,
  },
  {
    name: 'paper.jpg',
    bytes: () => Buffer.from('%PDF-1.7\n%âãÏÓ\n'),
    says: /^paper\.jpg is a PDF document/,
  },
  { name: 'huge.png', bytes: () => hugePng, says: /^huge\.png: .*30,?000/ },
  {
    name: 'noise.gif',
    bytes: () => Uint8Array.from({ length: 999 }, (_, i) => (i * 73 + 41) % 256),
    says: /^noise\.gif is not a picture/,
  },
  {
    name: 'magic-only.webp',
    bytes: () => Buffer.from('RIFF\x10\0\0\0WEBPVP8 '),
    says: /^magic-only\.webp: /,
  },
  {
    name: 'zeros.bmp',
    bytes: () => Buffer.concat([Buffer.from('BM'), Buffer.alloc(200)]),
    says: /^zeros\.bmp is not a picture/,
  },
  {
    name: 'nothing.tiff',
    bytes: () => Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0]),
    says: /^nothing\.tiff: /,
  },
];

describe('hostile pictures: one sentence each, and the next picture works', () => {
  let api: AlexNetInspectorApi;

  before(async () => {
    api = await extensionApi();
    await api.useVariant('torchvision');
    const jpeg = await readFile(picture('rgb-420.jpg').fsPath);
    const png = await readFile(picture('rgb.png').fsPath);
    for (const { name, bytes } of files)
      await writeFile(inWorkspace(name).fsPath, bytes(jpeg, png));
  });

  after(() => api.useVariant('keras'));

  async function refused(uri: vscode.Uri, says: RegExp): Promise<void> {
    await assert.rejects(api.classify(uri), (error) => {
      assert.ok(error instanceof Error);
      assert.match(error.message, says);
      assert.doesNotMatch(error.message, /\n|\.ts|\.js:|undefined/, 'one sentence, no code');
      return true;
    });
    assert.equal((await api.classify(picture('small.png'))).logits.length, 1000);
  }

  for (const { name, says } of files) {
    it(name, () => refused(inWorkspace(name), says));
  }

  it('a wrong extension is no harm: the content counts', async () => {
    await writeFile(
      inWorkspace('really-png.jpg').fsPath,
      await readFile(picture('rgb.png').fsPath),
    );
    assert.equal((await api.classify(inWorkspace('really-png.jpg'))).logits.length, 1000);
  });

  it('a folder', () =>
    refused(inWorkspace('fixtures'), /^fixtures is a folder; choose a file in it$/));

  it('a file that was deleted', () =>
    refused(inWorkspace('gone.jpg'), /^gone\.jpg is not there any more$/));

  it('a link that leads nowhere', async () => {
    await symlink(join(inWorkspace().fsPath, 'nowhere.png'), inWorkspace('link.png').fsPath);
    await refused(inWorkspace('link.png'), /^link\.png /);
  });

  it('a file without permission', async () => {
    const uri = inWorkspace('secret.jpg');
    await writeFile(uri.fsPath, await readFile(picture('rgb-420.jpg').fsPath));
    await chmod(uri.fsPath, 0);
    if (process.getuid?.() === 0) {
      notRun('a picture without read permission (the tests run as root, who may read everything)');
      assert.equal((await api.classify(uri)).logits.length, 1000);
    } else {
      await refused(uri, /^secret\.jpg may not be read: permission denied$/);
    }
  });

  it('a scheme that no one serves', () =>
    refused(vscode.Uri.parse('nowhere:/cat.jpg'), /^cat\.jpg could not be read: /));
});

describe('hostile settings fall back to the default', () => {
  const values = [
    ['variant', 'vgg16'],
    ['engine.idleMinutes', -1],
    ['engine.idleMinutes', 'soon'],
    // The last: it ends the engine, twice.
    ['engine.backend', '/tmp/evil.node'],
  ] as const;

  for (const [name, value] of values) {
    it(`alexnet.${name} = ${JSON.stringify(value)}`, async () => {
      const api = await extensionApi();
      await settings().update(name, value, vscode.ConfigurationTarget.Workspace);
      try {
        assert.equal((await api.classify(picture('small.png'))).logits.length, 1000);
        assert.equal(api.summary().totals.parameters, 62_380_776);
      } finally {
        await settings().update(name, undefined, vscode.ConfigurationTarget.Workspace);
      }
    });
  }
});
