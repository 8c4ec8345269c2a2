import { strict as assert } from 'node:assert';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { AlexNetInspectorApi } from '../../alexnet-inspector';
import { extensionApi, inWorkspace, picture } from '../support/extensionApi';
import type { Screen } from '../support/screen';
import { watchScreen } from '../support/screen';
import { waitUntil } from '../support/waiting';

const save = (uri?: vscode.Uri): Thenable<void> =>
  vscode.commands.executeCommand('alexnet.saveWeights', uri);
const at = (name: string): vscode.Uri => inWorkspace('saved', name);

describe('AlexNet: Save Weights…', () => {
  const { showSaveDialog } = vscode.window;
  let api: AlexNetInspectorApi;
  let screen: Screen;
  let ofFile = false;

  before(async () => {
    api = await extensionApi();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await api.useVariant('keras');
    await api.loadWeights('random');
    screen = watchScreen();
  });

  beforeEach(async () => {
    screen.cancelAt = undefined;
    for (const shown of [screen.errors, screen.progress]) shown.length = 0;
    await mkdir(at('').fsPath, { recursive: true });
  });

  afterEach(async () => {
    // Weights of a file that goes away now could not be loaded again.
    if (ofFile) await api.loadWeights('random');
    ofFile = false;
    await rm(at('').fsPath, { recursive: true });
  });

  after(() => {
    screen.restore();
    Object.assign(vscode.window, { showSaveDialog });
  });

  const files = async (): Promise<string[]> => (await readdir(at('').fsPath)).sort();
  const logits = async (): Promise<Float32Array> =>
    (await api.classify(picture('small.png'))).logits;

  it('saves where a person says, and what is loaded from there answers the same', async () => {
    const offered: (vscode.SaveDialogOptions | undefined)[] = [];
    const uri = at('mine.safetensors');
    Object.assign(vscode.window, {
      showSaveDialog: (options?: vscode.SaveDialogOptions) => {
        offered.push(options);
        return Promise.resolve(uri);
      },
    });
    const before = await logits();
    await save();
    Object.assign(vscode.window, { showSaveDialog });
    assert.deepEqual(screen.errors, []);
    assert.match(offered[0]!.defaultUri!.path, /\/alexnet-keras\.safetensors$/);
    assert.deepEqual(Object.values(offered[0]!.filters!).flat(), ['safetensors', 'npz', 'json']);
    assert.ok(screen.progress.includes('saving fc6'), screen.progress.join());
    assert.deepEqual(await files(), ['mine.safetensors']);
    await api.useVariant('torchvision');
    ofFile = true;
    const info = await api.loadWeights(uri);
    assert.deepEqual([info.variant, info.tensors], ['keras', 28]);
    assert.deepEqual(await logits(), before);
  });

  it('saves as TensorFlow.js and as NumPy by the name', async () => {
    await save(at('model.json'));
    await save(at('weights.npz'));
    assert.deepEqual(screen.errors, []);
    const shards = (await files()).filter((name) => /^model-\w{8}-shard\d+\.bin$/.test(name));
    // 62,380,776 numbers in files of 4 MiB.
    assert.equal(shards.length, 60);
    ofFile = true;
    for (const name of ['model.json', 'weights.npz']) {
      const info = await api.loadWeights(at(name));
      assert.deepEqual([info.variant, info.tensors], ['keras', 28]);
    }
  });

  it('cancelled, leaves what was there', async () => {
    await writeFile(at('mine.npz').fsPath, 'old');
    screen.cancelAt = /saving conv4/;
    await save(at('mine.npz'));
    await waitUntil('the end of the saving', async () => (await files()).length === 1);
    assert.deepEqual(screen.errors, []);
    assert.deepEqual(await files(), ['mine.npz']);
    assert.equal(await readFile(at('mine.npz').fsPath, 'utf8'), 'old');
  });

  it('nothing is left of a file that an engine did not finish', async () => {
    const saving = save(at('mine.npz'));
    await waitUntil('saving fc6', () => screen.progress.includes('saving fc6'));
    await vscode.commands.executeCommand('alexnet.restartEngine');
    await saving;
    assert.equal(screen.errors.length, 1);
    assert.match(screen.errors[0]!, /the engine was stopped/i);
    assert.deepEqual(await files(), []);
  });

  for (const { what, uri, says } of [
    {
      what: 'a name without a format',
      uri: () => at('weights.bin'),
      says: /^weights\.bin names no format: weights are saved as one of \.safetensors, \.npz, \.json\.$/,
    },
    {
      what: 'a folder that is not there',
      uri: () => at('no/mine.npz'),
      says: /mine\.npz could not be written \(ENOENT\): save it elsewhere\.$/,
    },
    {
      what: 'a place that is not on this machine',
      uri: () => vscode.Uri.parse('untitled:mine.npz'),
      says: /^mine\.npz is not on this machine: save it to a folder here\.$/,
    },
  ]) {
    it(`says why it cannot save to ${what}`, async () => {
      await save(uri());
      assert.equal(screen.errors.length, 1);
      assert.match(screen.errors[0]!, says);
      assert.deepEqual(await files(), []);
    });
  }
});
