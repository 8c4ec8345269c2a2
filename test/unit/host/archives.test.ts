import { strict as assert } from 'node:assert';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { archiveEntries } from '../../../src/host/native/archive/archiveEntries';
import { platformsOf } from '../../../src/host/native/binaryHeader';
import { platformIds } from '../../../src/host/native/nativePackage';
import { fakeLibrary } from '../../support/fakeLibrary';
import { tarHeader, writeTar, writeTarGz, writeZip } from '../../support/writeArchive';

let folder: string;
before(async () => (folder = await mkdtemp(join(tmpdir(), 'alexnet-archive-'))));
after(() => rm(folder, { recursive: true }));

type Kind = 'tar.gz' | 'zip';

/** Every entry: its kind, path, target and content. */
async function read(bytes: Uint8Array, kind: Kind, bodies = true): Promise<string[]> {
  const path = join(folder, 'archive');
  await writeFile(path, bytes);
  const found: string[] = [];
  for await (const entry of archiveEntries(path, kind)) {
    const pieces: Buffer[] = [];
    if (bodies) for await (const piece of entry.body) pieces.push(piece);
    const text = Buffer.concat(pieces).toString();
    found.push(
      [entry.kind, entry.path, entry.target, text.length > 20 ? text.length : text].join(' '),
    );
  }
  return found;
}

const large = Buffer.alloc(300_000, 'x');
const files = [
  { name: 'lib/a.so.2', bytes: Buffer.from('first') },
  { name: 'lib/large', bytes: large },
  { name: 'empty' },
];

describe('archives', () => {
  it('a tar gives its files and links, whether their bodies are read or not', async () => {
    const tar = writeTarGz([...files, { name: './lib/a.so', link: 'a.so.2' }]);
    assert.deepEqual(await read(tar, 'tar.gz'), [
      'file lib/a.so.2  first',
      'file lib/large  300000',
      'file empty  ',
      'link lib/a.so a.so.2 ',
    ]);
    assert.equal((await read(tar, 'tar.gz', false)).length, 4);
  });

  it("a tar's long names: GNU's and pax'", async () => {
    const name = `lib/${'n'.repeat(150)}`;
    const record = `path=${name}\n`;
    const pax = `${record.length + 4} ${record}`;
    const entries = (type: string, text: string): Buffer =>
      Buffer.concat([
        tarHeader('long', text.length, type),
        Buffer.from(text.padEnd(512, '\0')),
        writeTar([{ name: 'short', bytes: Buffer.from('body') }]),
      ]);
    for (const [type, text] of [
      ['L', `${name}\0`],
      ['x', pax],
    ] as const)
      assert.deepEqual(await read(gzipSync(entries(type, text)), 'tar.gz'), [`file ${name}  body`]);
  });

  for (const method of [0, 8] as const) {
    it(`a zip gives its files, ${method === 0 ? 'stored' : 'packed'}`, async () => {
      const zip = writeZip(files, method);
      assert.deepEqual(await read(zip, 'zip'), [
        'file lib/a.so.2  first',
        'file lib/large  300000',
        'file empty  ',
      ]);
    });
  }

  const tar = writeTarGz(files);
  const zip = writeZip(files);
  const flipped = Buffer.from(zip);
  flipped[40] = flipped[40]! ^ 0xff;
  const damaged = writeTar(files);
  damaged[3] = damaged[3]! ^ 0xff;
  const hostile: readonly (readonly [string, Uint8Array, Kind, RegExp])[] = [
    ['a tar that is cut short', tar.subarray(0, tar.length - 30), 'tar.gz', /damaged|cut short/],
    ['a tar without its end', gzipSync(writeTar(files).subarray(0, 900)), 'tar.gz', /cut short/],
    [
      'a tar whose gzip sum is wrong',
      Buffer.concat([tar.subarray(0, -8), Buffer.alloc(8)]),
      'tar.gz',
      /damaged/,
    ],
    ['a tar with a damaged header', gzipSync(damaged), 'tar.gz', /damaged header/],
    ['a zip that is cut short', zip.subarray(0, zip.length - 30), 'zip', /cut short/],
    ['a zip with damaged content', flipped, 'zip', /damaged/],
    ['a web page', Buffer.from('<!DOCTYPE html><html></html>'), 'tar.gz', /web page/],
    ['a zip for a tar', zip, 'tar.gz', /not a tar\.gz archive/],
    ['nothing', new Uint8Array(), 'zip', /not a zip archive/],
    ...['../evil', '/etc/evil', 'lib/../../evil', 'C:/evil', 'lib\\..\\evil'].flatMap((name) => [
      [`a tar with ${name}`, writeTarGz([{ name }]), 'tar.gz', /leads out of the archive/] as const,
      [`a zip with ${name}`, writeZip([{ name }]), 'zip', /leads out of the archive/] as const,
    ]),
  ];
  for (const [name, bytes, kind, says] of hostile) {
    it(`${name} is refused`, () => assert.rejects(read(bytes, kind), says));
  }

  it('any cut or flipped byte of a small archive ends in an answer', async () => {
    for (let i = 0; i < zip.length; i += 7) {
      const bytes = Buffer.from(zip);
      bytes[i] = bytes[i]! ^ 0x55;
      for (const hostileBytes of [bytes, zip.subarray(0, i)])
        await read(hostileBytes, 'zip').catch((error: unknown) =>
          assert.ok(error instanceof Error),
        );
    }
  });
});

describe("a shared library's header", () => {
  for (const platform of platformIds) {
    it(`names ${platform}`, () => {
      assert.deepEqual(platformsOf(fakeLibrary(platform)), [platform]);
    });
  }

  it('names every part of a universal one, and nothing for what is none', () => {
    const fat = Buffer.alloc(4096);
    fat.writeUInt32BE(0xcafe_babe, 0);
    fat.writeUInt32BE(2, 4);
    fat.writeUInt32BE(0x0100_0007, 8);
    fat.writeUInt32BE(0x0100_000c, 28);
    assert.deepEqual(platformsOf(fat), ['darwin-x64', 'darwin-arm64']);
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(100), Buffer.from('MZ'.padEnd(80))])
      assert.deepEqual(platformsOf(bytes), []);
  });
});
