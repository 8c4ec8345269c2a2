import { strict as assert } from 'node:assert';
import { alexNets } from '../../../src/library/alexNets';
import { summarizeMap } from '../../../src/engine/run/mapSummary';
import { RunStore } from '../../../src/engine/run/runStore';
import { keptRuns } from '../../../src/protocol/engineProtocol';

describe('summarizeMap', () => {
  it('takes the mean over the channels at each cell, and the channel with the most energy', () => {
    const summary = summarizeMap(Float32Array.of(1, -5, 0, 3, 2, 1), [1, 2, 3]);
    assert.deepEqual(
      Array.from(summary.mean, (value) => value.toFixed(4)),
      ['-1.3333', '2.0000'],
    );
    assert.equal(summary.strongestChannel, 1);
    assert.deepEqual(summary.strongest, Float32Array.of(-5, 2));
    assert.deepEqual([summary.height, summary.width], [1, 2]);
  });

  it('passes a list of units as one row', () => {
    const values = Float32Array.of(0, 2, 4);
    const summary = summarizeMap(values, [3]);
    assert.deepEqual([summary.height, summary.width], [1, 3]);
    assert.deepEqual(summary.mean, values);
  });

  it('is zero for a layer that is silent', () => {
    const summary = summarizeMap(new Float32Array(8), [2, 2, 2]);
    assert.deepEqual(summary.strongest, new Float32Array(4));
    assert.equal(summary.strongestChannel, 0);
  });
});

describe('RunStore', () => {
  const input = { shape: [1], data: Float32Array.of(0) };
  const run = (runId: number) => ({
    runId,
    network: alexNets.keras.network,
    weightsId: 1,
    input,
    preprocess: alexNets.keras.preprocess,
    activations: new Map([['conv1', input]]),
    logits: new Map([['fc8', input.data]]),
  });

  it('keeps the last runs and says which when asked for an older one', () => {
    const store = new RunStore();
    for (let runId = 1; runId <= keptRuns + 2; runId++) store.add(run(runId));
    assert.equal(store.size, keptRuns);
    assert.equal(store.get(keptRuns + 2).runId, keptRuns + 2);
    assert.throws(
      () => store.get(2),
      /run 2 is not kept \(kept: 3, 4, 5, 6\); classify the picture again/,
    );
  });

  it('names the layers it has when asked for another', () => {
    const store = new RunStore();
    store.add(run(1));
    assert.throws(() => store.activation(1, 'conv9'), /no layer "conv9"; it has conv1/);
  });
});
