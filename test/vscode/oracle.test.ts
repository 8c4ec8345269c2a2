import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { AlexNetInspectorApi } from '../../alexnet-inspector';
import { extensionApi, inWorkspace } from '../support/extensionApi';
import { image } from '../support/formula';
import { formulaTensors } from '../support/formulaNetworks';
import { assertLayer, assertLogits, readOracle } from '../support/oracle';
import { writePng } from '../support/writePng';
import { writeSafetensors } from '../support/writeSafetensors';

describe("a person's own weights, through the API", () => {
  const oracle = readOracle('torchvision', 1, inWorkspace('fixtures').fsPath);
  const file = inWorkspace('formula.safetensors');
  const asItIs = { preprocess: { fit: { mode: 'stretch' } } } as const;
  let api: AlexNetInspectorApi;

  before(async () => {
    api = await extensionApi();
    await api.useVariant('keras');
    await writeSafetensors(file.fsPath, formulaTensors('torchvision', 1));
    await vscode.workspace.fs.writeFile(
      inWorkspace('formula.png'),
      writePng(image(224, 224, 1), 224, 224),
    );
  });

  after(async () => {
    // Weights stay with their variant, and their file is about to go.
    await api.useVariant('torchvision');
    await api.loadWeights('random');
    await vscode.workspace.fs.delete(file);
    await api.useVariant('keras');
  });

  it('bring their variant with them', async () => {
    const info = await api.loadWeights(file);
    assert.deepEqual(info, {
      variant: 'torchvision',
      trained: true,
      name: 'formula.safetensors',
      tensors: 16,
    });
    assert.equal(api.summary().totals.parameters, 61_100_840);
  });

  it("give PyTorch's logits and PyTorch's values in every layer", async () => {
    const run = await api.classify(inWorkspace('formula.png'), asItIs);
    assert.equal(run.trained, true);
    assertLogits(run.logits, oracle);
    for (const layer of oracle.layers) {
      const { shape, data } = await api.activation(run.runId, layer.name);
      assert.deepEqual(shape, layer.shape);
      assertLayer(data, layer);
    }
  });

  it('are still there after a file that does not fit was refused', async () => {
    await vscode.workspace.fs.writeFile(
      inWorkspace('bad.safetensors'),
      new Uint8Array(100).fill(0x7b),
    );
    await assert.rejects(
      api.loadWeights(inWorkspace('bad.safetensors')),
      /bad.safetensors is a JSON file, not weights/,
    );
    const run = await api.classify(inWorkspace('formula.png'), asItIs);
    assertLogits(run.logits, oracle);
  });

  it('are remembered per variant', async () => {
    await api.useVariant('keras');
    assert.equal((await api.classify(inWorkspace('formula.png'), asItIs)).trained, false);
    await api.useVariant('torchvision');
    const run = await api.classify(inWorkspace('formula.png'), asItIs);
    assert.equal(run.trained, true);
    assertLogits(run.logits, oracle);
  });
});
