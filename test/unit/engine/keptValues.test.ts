import { strict as assert } from 'node:assert';
import type { BuiltModel } from '../../../src/engine/model/builtModel';
import { RunStore, type StoredRun } from '../../../src/engine/run/runStore';
import { activation, conv2d, dense, flatten, input, model } from '../../../src/network/functional';
import { TinyExplainer } from '../../support/explainTiny';

const picture = input([9, 9, 3]);
const network = model(
  picture,
  [
    ...[1, 2, 3, 4].flatMap((at) => [
      conv2d(4, 3, { name: `conv${at}`, padding: 'same' }),
      activation('relu', { name: `relu${at}` }),
    ]),
    flatten({ name: 'flatten' }),
    dense(3, { name: 'fc', activation: 'softmax' }),
  ].reduce((x, layer) => layer(x), picture),
);

describe('the values of runs', () => {
  let tiny: TinyExplainer;
  let whole: StoredRun;
  let names: readonly string[];
  let runBytes: number;
  let computed: string[];

  before(async () => {
    tiny = await TinyExplainer.of(network);
    whole = await tiny.run();
    names = [...whole.activations.keys()];
    runBytes = names.reduce((sum, name) => sum + dataOf(whole, name).byteLength, 0);
  });
  beforeEach(() => (computed = []));
  after(() => tiny.dispose());

  const dataOf = ({ activations }: StoredRun, name: string): Float32Array => {
    const tensor = activations.get(name);
    assert.ok(tensor, name);
    return tensor.data;
  };

  /** The model, which notes what is computed. */
  const noting = (): BuiltModel => ({
    ...tiny.model,
    steps: tiny.model.steps.map((step) => ({
      ...step,
      run: (inputs) => {
        computed.push(step.layer.name);
        return step.run(inputs);
      },
    })),
  });

  /** A store with three runs of this picture, which may take so many bytes together. */
  const storeOf = (most: number, modelOf: () => BuiltModel | undefined = noting): RunStore => {
    const store = new RunStore(undefined, modelOf, most);
    for (const runId of [1, 2, 3]) {
      const activations = store.valuesOf({ ...whole, runId });
      for (const name of names)
        activations.add(name, { shape: [], data: dataOf(whole, name).slice() });
      store.add({ ...whole, runId, activations });
    }
    return store;
  };

  it('stay as long as there is room', () => {
    const store = storeOf(3 * runBytes);
    for (const runId of [1, 2, 3]) for (const name of names) dataOf(store.get(runId), name);
    assert.deepEqual([store.bytes, computed.length], [3 * runBytes, 0]);
  });

  it('are let go where there is none, the oldest first, and are the same when they are asked for', () => {
    const most = 1.5 * runBytes;
    const store = storeOf(most);
    assert.ok(store.bytes <= most);
    for (const name of names) dataOf(store.get(3), name);
    assert.deepEqual(computed, []);
    for (const order of [names, names.toReversed()])
      for (const runId of [1, 2, 3])
        for (const name of order) {
          assert.deepEqual(dataOf(store.get(runId), name), dataOf(whole, name), name);
          assert.ok(store.bytes <= most);
        }
  });

  it('are computed once each by who goes through the layers, forwards or back', () => {
    for (const order of [names, names.toReversed()]) {
      const store = storeOf(1.5 * runBytes);
      computed = [];
      for (const name of order) dataOf(store.get(1), name);
      assert.deepEqual(computed.toSorted(), names.toSorted());
    }
  });

  it('of a run that is larger than the room are computed in parts', () => {
    const store = storeOf(runBytes / 3);
    for (const name of names)
      assert.deepEqual(dataOf(store.get(3), name), dataOf(whole, name), name);
    assert.ok(store.bytes <= runBytes / 3);
  });

  it('cannot be computed again once other weights were loaded, which is said', () => {
    const store = storeOf(1.5 * runBytes, () => undefined);
    assert.throws(
      () => dataOf(store.get(1), 'relu1'),
      /^EngineError: what relu1 gave in run 1 was let go, and other weights were loaded since; classify the picture again$/,
    );
    assert.deepEqual(dataOf(store.get(3), 'fc'), dataOf(whole, 'fc'));
  });

  it('go with their run', () => {
    const store = storeOf(3 * runBytes);
    for (const runId of [4, 5, 6, 7]) store.add({ ...whole, runId });
    assert.equal(store.bytes, 0);
  });
});
