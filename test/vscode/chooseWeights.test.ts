import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { brotliDecompressSync } from 'node:zlib';
import * as vscode from 'vscode';
import type { AlexNetInspectorApi } from '../../alexnet-inspector';
import type { CatalogueEntry } from '../../src/library/catalogue';
import type { PanelWeights } from '../../src/protocol/panelProtocol';
import { extensionApi, inWorkspace, picture } from '../support/extensionApi';
import type { QuickPickWatch } from '../support/fakeQuickPick';
import { watchQuickPick } from '../support/fakeQuickPick';
import type { Published, Publisher } from '../support/publisher';
import { startPublisher } from '../support/publisher';
import type { Screen } from '../support/screen';
import { watchScreen } from '../support/screen';
import { alexNets } from '../../src/library/alexNets';
import { writeHollowFile } from '../support/hollowFile';
import { waitUntil } from '../support/waiting';

const environment = ['ALEXNET_WEIGHTS_HOST', 'ALEXNET_TEST_CATALOGUE'] as const;
const choose = (id?: string): Thenable<PanelWeights | undefined> =>
  vscode.commands.executeCommand('alexnet.chooseWeights', id);

// Named so that it runs before others that classify by command: the offer comes once in a window.
describe('choosing weights', () => {
  const saved = environment.map((name) => process.env[name]);
  const path = '/weights.example/net.safetensors';
  let api: AlexNetInspectorApi;
  let publisher: Publisher;
  let screen: Screen;
  let list: QuickPickWatch;
  let bytes: Buffer;
  let entries: readonly CatalogueEntry[];

  const publish = (more: Partial<Published> = {}): void => {
    publisher.files.clear();
    publisher.files.set(path, { bytes, type: 'application/octet-stream', ...more });
  };

  before(async () => {
    api = await extensionApi();
    publisher = await startPublisher();
    const packed = inWorkspace('fixtures', 'weights', 'torchvision-bf16.safetensors.br');
    bytes = brotliDecompressSync(await readFile(packed.fsPath));
    const whole: CatalogueEntry = {
      id: 'test-whole',
      name: 'Whole weights',
      documentId: 'torchvision',
      bytes: bytes.length,
      checksum: { kind: 'sha256', hex: createHash('sha256').update(bytes).digest('hex') },
      urls: ['https://weights.example/net.safetensors'],
      top1: 56.5,
      top5: 79.1,
      conditions: 'none',
      licence: 'BSD-3-Clause',
      source: 'https://weights.example',
    };
    const lonely: CatalogueEntry = {
      ...whole,
      id: 'test-lonely',
      name: 'Lonely weights',
      documentId: 'bvlc',
      checksum: { kind: 'sha1', hex: '0'.repeat(40) },
    };
    entries = [whole, lonely];
    const file = inWorkspace('catalogue.json').fsPath;
    await writeFile(file, JSON.stringify(entries));
    process.env['ALEXNET_WEIGHTS_HOST'] = publisher.url;
    process.env['ALEXNET_TEST_CATALOGUE'] = file;
    screen = watchScreen();
    list = watchQuickPick();
    await api.useVariant('keras');
    await api.loadWeights('random');
  });

  after(async () => {
    list.restore();
    screen.restore();
    environment.forEach((name, i) => {
      if (saved[i] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = saved[i];
    });
    await publisher.close();
    await rm(inWorkspace('catalogue.json').fsPath);
    await api.useVariant('keras');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  beforeEach(() => {
    screen.answer = 'Download';
    screen.before = ['Details'];
    screen.presses = [];
    screen.cancelAt = undefined;
    list.answer = undefined;
    list.press = undefined;
    for (const shown of [screen.questions, screen.errors, screen.news, screen.progress])
      shown.length = 0;
    publisher.requests.length = 0;
    publish();
  });

  const storage = (): string => /kept in (.+)\. “/.exec(screen.questions.at(-1)!.detail)![1]!;

  it('is offered in the panel and not in a notification too, after a picture met untrained weights', async () => {
    await vscode.commands.executeCommand('alexnet.classifyImage', picture('small.png'));
    assert.deepEqual([screen.news, screen.questions, publisher.requests], [[], [], []]);
  });

  it('lists random weights, every set and a file, with accuracy, size and licence', async () => {
    assert.equal(await choose(), undefined);
    const labels = list.items.map(({ label }) => label.replace(/^\$\([\w-]+\) /, ''));
    for (const label of ['Random weights', 'Whole weights', 'Lonely weights', 'Load a file…'])
      assert.ok(labels.includes(label), `${label} is not in ${labels.join(', ')}`);
    const whole = list.items.find(({ label }) => label.endsWith('Whole weights'));
    assert.equal(whole?.description, 'top-1 56.5 %, top-5 79.1 %');
    assert.match(whole.detail ?? '', /\d+\.\d MB · BSD-3-Clause · weights\.example/);
    assert.deepEqual(publisher.requests, []);
  });

  it('asks first: what, how large, whose licence, from where; a no fetches nothing', async () => {
    screen.answer = undefined;
    assert.equal(await choose('test-whole'), undefined);
    const [short, long] = screen.questions;
    assert.equal(screen.questions.length, 2);
    assert.equal(short?.text, 'Download Whole weights?');
    assert.match(
      short.detail,
      /^The panel will change from Keras functional to torchvision\.\n\n\d+\.\d MB from weights\.example\.$/,
    );
    assert.match(
      long!.detail,
      /\d+\.\d MB, will be downloaded from https:\/\/weights\.example\/net/,
    );
    assert.match(long!.detail, /Licence: BSD-3-Clause/);
    assert.deepEqual(publisher.requests, []);
  });

  for (const { name, file, says } of [
    { name: 'nothing there', file: { status: 404 }, says: /has no net\.safetensors \(404\)/ },
    { name: 'a web page', file: { type: 'text/html' }, says: /answered with a web page/ },
  ]) {
    it(`${name}: one sentence, nothing kept, the weights as before`, async () => {
      publish(file);
      assert.equal(await choose('test-whole'), undefined);
      assert.equal(screen.errors.length, 1);
      assert.match(screen.errors[0]!, says);
      assert.deepEqual(await readdir(storage()), []);
      assert.equal((await api.classify(picture('small.png'))).trained, false);
    });
  }

  it('without a network: one sentence that offers a file instead', async () => {
    process.env['ALEXNET_WEIGHTS_HOST'] = 'http://127.0.0.1:9';
    assert.equal(await choose('test-whole'), undefined);
    process.env['ALEXNET_WEIGHTS_HOST'] = publisher.url;
    assert.match(screen.errors.join(), /could not be reached .*, or load weights from a file\.$/);
  });

  it('wrong bytes are refused by their checksum and not kept', async () => {
    assert.equal(await choose('test-lonely'), undefined);
    assert.match(screen.errors.join(), /has the checksum [0-9a-f]{40}; it should be 0{40}/);
    assert.deepEqual(await readdir(storage()), []);
  });

  it('that broke off: Try Again goes on from there without asking, and so does the next time', async () => {
    publish({ cutAfter: 100_000 });
    screen.presses = ['Try Again'];
    assert.equal(await choose('test-whole'), undefined);
    await waitUntil('the second failure', () => screen.errors.length === 2);
    assert.match(publisher.requests.at(-1) ?? '', /bytes=100000-$/);
    assert.equal(screen.questions.length, 2);
    screen.answer = undefined;
    await choose('test-whole');
    assert.match(screen.questions.at(-1)!.detail, /0\.[12] MB are here already\.$/);
  });

  it('cancelled in the middle: nothing is said, and the next time goes on from there', async () => {
    const half = Math.floor(bytes.length / 2);
    publish({ stallAfter: half });
    screen.cancelAt = /downloading .* of /;
    assert.equal(await choose('test-whole'), undefined);
    assert.deepEqual(screen.errors, []);
    publish();
    screen.cancelAt = undefined;
    publisher.requests.length = 0;
    const info = await choose('test-whole');
    assert.deepEqual(screen.errors, []);
    assert.match(publisher.requests.join(), /bytes=[1-9]\d*-$/);
    assert.equal(info?.documentId, 'torchvision');
    assert.deepEqual(info.published, {
      name: 'Whole weights',
      top1: 56.5,
      top5: 79.1,
      conditions: 'none',
      licence: 'BSD-3-Clause',
      source: 'https://weights.example',
    });
    assert.ok(screen.progress.some((message) => /\d+\.\d of \d+\.\d MB, .* MB\/s/.test(message)));
  });

  it('is trained then, and labels come with their synset', async () => {
    const run = await api.classify(picture('small.png'));
    assert.equal(run.trained, true);
    for (const { synset } of run.predictions) assert.match(synset, /^n\d{8}$/);
  });

  it('is there without asking or fetching the second time, and after random weights', async () => {
    await vscode.commands.executeCommand('alexnet.useRandomWeights');
    list.answer = ({ label }) => label.endsWith('Whole weights');
    assert.equal((await choose())?.published?.name, 'Whole weights');
    assert.match(list.items.find(list.answer)?.description ?? '', /downloaded/);
    assert.deepEqual([screen.questions, publisher.requests], [[], []]);
  });

  it('follows the setting without asking, where the set is there', async () => {
    await vscode.commands.executeCommand('alexnet.useRandomWeights');
    const settings = vscode.workspace.getConfiguration('alexnet');
    await settings.update('weights', 'test-whole', vscode.ConfigurationTarget.Global);
    try {
      await waitUntil(
        'trained weights',
        async () => (await api.classify(picture('small.png'))).trained,
      );
      assert.deepEqual([screen.questions, publisher.requests], [[], []]);
    } finally {
      await settings.update('weights', undefined, vscode.ConfigurationTarget.Global);
      await waitUntil(
        'random weights',
        async () => !(await api.classify(picture('small.png'))).trained,
      );
    }
  });

  it('refuses a name that is not in the catalogue', async () => {
    await assert.rejects(
      async () => choose('vgg'),
      /no published weights "vgg"; there are test-whole, test-lonely/,
    );
  });

  it('is removed from the list, and random weights are used again', async () => {
    await choose('test-whole');
    list.press = ({ label }) => label.endsWith('Whole weights');
    await choose();
    assert.match(screen.news.join(), /Whole weights was removed: \d+\.\d MB are free again\./);
    assert.equal((await api.classify(picture('small.png'))).trained, false);
  });

  it('is removed by its command, finished or not', async () => {
    await vscode.commands.executeCommand('alexnet.removeDownloadedWeights');
    assert.equal(screen.news.at(-1), 'No weights are downloaded.');
    publish({ cutAfter: 100_000 });
    await choose('test-whole');
    assert.match(screen.errors.join(), /broke after 0\.1 of .* MB/);
    list.answer = () => true;
    await vscode.commands.executeCommand('alexnet.removeDownloadedWeights');
    assert.deepEqual(
      list.items.map(({ label, description }) => [label, description]),
      [['Whole weights', '0.1 MB, unfinished']],
    );
    assert.deepEqual(await readdir(storage()), []);
  });

  it('asks once which network a file is for that fits several, and again where that is wanted', async () => {
    const file = inWorkspace('open.safetensors');
    const tensors = alexNets.bvlc.network.layers.flatMap(({ name, weights }) =>
      weights.map((spec) => ({ name: `${name}.${spec.name}`, shape: spec.shape })),
    );
    await writeHollowFile(file.fsPath, tensors);
    try {
      list.answer = ({ label }) => label.startsWith('CaffeNet');
      const loading = vscode.commands.executeCommand<PanelWeights>('alexnet.loadWeights', file);
      assert.equal((await loading).documentId, 'caffenet');
      const labels = list.items.map(({ label }) => label);
      assert.deepEqual(labels, ['BVLC AlexNet (Caffe)', 'CaffeNet (Caffe)', 'The 2012 paper']);
      list.answer = ({ label }) => /Choose again what open|^The 2012/.test(label);
      assert.equal((await choose())?.documentId, 'paper');
    } finally {
      for (const variant of ['caffenet', 'paper']) {
        await api.useVariant(variant);
        await api.loadWeights('random');
      }
      await rm(file.fsPath);
    }
  });
});
