import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { AlexNetInspectorApi, LayerComparison } from '../../alexnet-inspector';
import { extensionApi, inWorkspace, picture } from '../support/extensionApi';
import { watchQuickPick, type QuickPickWatch } from '../support/fakeQuickPick';

/** As the engine keeps them. */
const lastRuns = 4;

describe('comparing two runs', () => {
  const [cat, apple] = ['cat.jpg', 'still-life.jpg'];
  let api: AlexNetInspectorApi;
  let list: QuickPickWatch;

  before(async () => {
    api = await extensionApi();
    await api.useVariant('keras');
    await api.loadWeights('random');
    list = watchQuickPick();
  });
  after(async () => {
    list.restore();
    await vscode.commands.executeCommand('alexnet.endComparison');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await api.useVariant('keras');
  });

  const classify = async (name: string): Promise<number> =>
    (await api.classify(inWorkspace(name))).runId;
  const firstThatParts = (layers: readonly LayerComparison[]): string | undefined =>
    layers.find(({ parts }) => parts)?.name;

  it('gives the numbers that their own values give, layer by layer', async () => {
    const [a, b] = [await classify(cat), await classify(apple)];
    const layers = await api.compare(a, b);
    assert.deepEqual(
      layers.map(({ name }) => name),
      api.summary().layers.map(({ name }) => name),
    );
    assert.equal(firstThatParts(layers), 'input');
    for (const name of ['input', 'conv1', 'pool5', 'fc8']) {
      const read = (runId: number) =>
        name === 'input' ? api.input(runId) : api.activation(runId, name);
      const [x, y] = [(await read(a)).data, (await read(b)).data];
      const found = layers.find((layer) => layer.name === name)?.difference;
      assert.ok(found);
      assert.equal('map' in found, false);
      const pairs = Array.from(x, (value, index) => [value, y[index] ?? NaN] as const);
      const squares = pairs.map(([one, other]) => (other - one) ** 2);
      const rmse = Math.sqrt(squares.reduce((sum, square) => sum + square) / squares.length);
      const most = pairs.reduce((top, [one, other]) => Math.max(top, Math.abs(other - one)), 0);
      assert.ok(Math.abs(found.rmse - rmse) <= 1e-9 * rmse, `${name}: ${found.rmse}, not ${rmse}`);
      assert.equal(found.maxAbs, most, name);
    }
    assert.equal(firstThatParts(await api.compare(a, a)), undefined);
  });

  it('AlexNet: Compare Images keeps the first for as long as it is compared with', async () => {
    const before = await classify(cat);
    const uris = [cat, apple].map((name) => inWorkspace(name));
    await vscode.commands.executeCommand('alexnet.compareImages', uris[0], uris);
    const [first, second] = [before + 1, before + 2];
    assert.equal(firstThatParts(await api.compare(before, first)), undefined);
    assert.equal(firstThatParts(await api.compare(first, second)), 'input');
    for (let run = 0; run < lastRuns; run++) await classify(apple);
    const last = second + lastRuns;
    assert.equal(firstThatParts(await api.compare(second, last).catch(() => [])), undefined);
    assert.equal(firstThatParts(await api.compare(first, last)), 'input');
    await vscode.commands.executeCommand('alexnet.endComparison');
    await assert.rejects(api.compare(first, last), new RegExp(`run ${first} is not kept`));
  });

  it('AlexNet: Compare With… runs the same picture in another variant', async () => {
    await api.useVariant('bvlc');
    const run = await classify(cat);
    list.answer = ({ label }) => label.includes('CaffeNet');
    await vscode.commands.executeCommand('alexnet.compareWith');
    assert.equal(api.summary().layers.find(({ name }) => name === 'norm1')?.inputShape[0], 27);
    const layers = await api.compare(run, run + 1);
    assert.equal(firstThatParts(layers), 'norm1');
    const [norm1] = layers.filter(({ name }) => name === 'norm1');
    assert.deepEqual([norm1?.a, norm1?.b, norm1?.difference], [[55, 55, 96], undefined, undefined]);
    assert.ok(!list.items.some(({ label }) => label.includes('BVLC')), 'the shown one is offered');
  });

  it('runs the picture again first where the engine was stopped since', async () => {
    const run = await classify(cat);
    await vscode.commands.executeCommand('alexnet.restartEngine');
    list.answer = ({ label }) => label.includes('The next result');
    await vscode.commands.executeCommand('alexnet.compareWith');
    const next = await classify(apple);
    assert.equal(next, run + 2);
    assert.equal(firstThatParts(await api.compare(run + 1, next)), 'input');
    await assert.rejects(api.compare(run, next), /the engine was stopped since/);
  });

  it('refuses any number of pictures but two, and runs that never were', async () => {
    const run = await classify(cat);
    const uris = ['small.png', 'grey.jpg', 'tall.png'].map(picture);
    await vscode.commands.executeCommand('alexnet.compareImages', uris[0], uris);
    assert.equal(await classify(cat), run + 1);
    await assert.rejects(api.compare(run, 999_999), /there is no run 999999/);
  });
});
