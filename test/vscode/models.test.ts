import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { AlexNetInspectorApi } from '../../alexnet-inspector';
import { fileSource } from '../../src/files/bytes/byteSource';
import { readSafetensorsHeader } from '../../src/files/formats/safetensors';
import type { Network } from '../../src/network/network';
import { extensionApi, inWorkspace, picture } from '../support/extensionApi';
import { image } from '../support/formula';
import { modelBytes, modelOracle } from '../support/modelFixtures';
import { writePng } from '../support/writePng';

async function write(name: string, bytes: Uint8Array): Promise<vscode.Uri> {
  const file = inWorkspace(name);
  await vscode.workspace.fs.writeFile(file, bytes);
  return file;
}

/** What a model's own library was given: its first channels are all. */
async function formulaPicture(height: number, width: number): Promise<vscode.Uri> {
  return write(`formula-${height}.png`, writePng(image(height, width, 1), width, height));
}

const exported = (command: string, ...args: unknown[]): Thenable<vscode.Uri | undefined> =>
  vscode.commands.executeCommand(`alexnet.${command}`, ...args);

describe('a model from a file', () => {
  let api: AlexNetInspectorApi;

  before(async () => {
    api = await extensionApi();
  });
  after(() => api.useVariant('keras'));

  it('is a variant whose layers have the shapes and values that its own library computed', async () => {
    const file = await write('residual.keras', modelBytes('residual.keras'));
    const { variant, remarks, faults } = await api.openModel(file);
    assert.deepEqual([remarks, faults], [[], []]);
    const { totals, layers, inputs } = modelOracle('residual');
    assert.equal(api.summary(variant).totals.parameters, totals.parameters);
    await api.useVariant(variant);
    const [{ picture: wanted }] = inputs as [(typeof inputs)[0]];
    assert.equal(wanted.seed, 1);
    const run = await api.classify(await formulaPicture(wanted.height, wanted.width));
    assert.equal(run.trained, true);
    for (const { name, output } of layers) {
      const found = await api.activation(run.runId, name).catch(() => undefined);
      if (!found) continue;
      assert.deepEqual(found.shape, output.shape, name);
      for (const [at, index] of output.at.entries()) {
        const off = Math.abs((found.data[index] ?? NaN) - (output.values[at] ?? NaN));
        assert.ok(off <= 1e-4 * output.l2, `${name} at ${index} is off by ${off}`);
      }
    }
  });

  it('leaves as code with its weights beside it, and as JSON', async () => {
    const { variant } = await api.openModel(inWorkspace('residual.keras'));
    await api.useVariant(variant);
    const text = async (file: vscode.Uri): Promise<string> =>
      Buffer.from(await vscode.workspace.fs.readFile(file)).toString();
    const code = inWorkspace('residual.py');
    assert.deepEqual(await exported('exportCode', code, 'pytorch'), code);
    assert.match(await text(code), /^class Residual\(nn\.Module\):$/m);
    const source = await fileSource(inWorkspace('residual.weights.safetensors').fsPath);
    const { entries } = await readSafetensorsHeader(source);
    await source.close();
    const { network } = JSON.parse(
      await text((await exported('exportNetwork', inWorkspace('residual.json')))!),
    ) as { readonly network: Network };
    assert.equal(entries.length, network.layers.flatMap((layer) => layer.weights).length);
    const broken = await api.openModel(
      await write('broken-channels.keras', modelBytes('broken-channels.keras')),
    );
    await api.useVariant(broken.variant);
    await assert.rejects(
      async () => exported('exportCode', inWorkspace('broken.py'), 'keras'),
      /^Error: merge: .*16.*cannot be written for Keras as it is; mend that layer, or export the network as JSON\.$/,
    );
    await assert.rejects(async () => vscode.workspace.fs.stat(inWorkspace('broken.py')));
    await assert.rejects(
      async () => exported('exportCode', inWorkspace('residual.py'), 'caffe'),
      /no code for "caffe"; there is pytorch, keras, tfjs/,
    );
  });

  it('takes the grey of a picture where its input has one channel', async () => {
    const file = await write('dilated.keras', modelBytes('dilated.keras'));
    const { variant } = await api.openModel(file);
    await api.useVariant(variant);
    const { layers, inputs } = modelOracle('dilated');
    const [{ picture: wanted }] = inputs as [(typeof inputs)[0]];
    const { height, width, seed } = wanted;
    const first = image(height, width, seed).map((_, at, all) => all[at - (at % 3)] ?? 0);
    const grey = await write('grey.png', writePng(first, width, height));
    const run = await api.classify(grey, { preprocess: { scale: wanted.scale } });
    const { name, output } = layers.at(-1)!;
    const found = await api.activation(run.runId, name);
    for (const [at, index] of output.at.entries()) {
      const off = Math.abs((found.data[index] ?? NaN) - (output.values[at] ?? NaN));
      assert.ok(off <= 1e-4 * output.l2, `${name} at ${index} is off by ${off}`);
    }
  });

  it('runs as far as it can where a layer is at fault, and says which and why', async () => {
    const file = await write('broken-channels.keras', modelBytes('broken-channels.keras'));
    const { variant, faults } = await api.openModel(file);
    assert.equal(faults[0]?.layer, 'merge');
    assert.match(faults[0].why, /16.*6.*5/);
    await api.useVariant(variant);
    const run = await api.classify(picture('small.png'));
    assert.deepEqual(run.predictions, []);
    assert.deepEqual((await api.activation(run.runId, 'left')).shape, [16, 16, 6]);
    await assert.rejects(api.activation(run.runId, 'merge'), /merge/);
  });

  it('is refused by name where the file holds none, and what was shown stays', async () => {
    await api.useVariant('keras');
    const file = await write('broken-only.weights.h5', modelBytes('broken-only.weights.h5'));
    await assert.rejects(api.openModel(file), /^Error: broken-only\.weights\.h5 .*Load Weights/);
    await assert.rejects(api.openModel(picture('small.png')), /^Error: small\.png is a PNG/);
    assert.equal(api.summary().totals.parameters, 62_380_776);
  });

  it('opens in an editor of its own, which is a model’s by its menu', async () => {
    await vscode.commands.executeCommand(
      'alexnet.openSelectedModel',
      inWorkspace('residual.keras'),
    );
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputCustom);
    assert.equal(input.viewType, 'alexnet.model');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
});
