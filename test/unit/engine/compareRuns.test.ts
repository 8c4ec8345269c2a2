import { strict as assert } from 'node:assert';
import { type AlexNetId, alexNets } from '../../../src/library/alexNets';
import { readFileSync } from 'node:fs';
import { compareValues } from '../../../src/protocol/comparison';
import { keptRuns } from '../../../src/protocol/engineProtocol';
import type { LayerComparison } from '../../../src/protocol/comparison';
import { divergenceTolerance, diverges } from '../../../src/protocol/comparison';
import type { StartedEngine } from '../../support/startedEngine';
import { startSlimEngine } from '../../support/startedEngine';

const pictures = ['rgb-420.jpg', 'rgb-444.jpg'].map((name) =>
  readFileSync(`test/fixtures/imaging/${name}`),
);

/** Another way to the same numbers: plain sums over all values. */
function plainly(a: Float32Array, b: Float32Array) {
  let [maxAbs, off, ofA, ofB, both] = [0, 0, 0, 0, 0];
  for (const [index, x] of a.entries()) {
    const y = b[index] ?? NaN;
    maxAbs = Math.max(maxAbs, Math.abs(x - y));
    off += (x - y) ** 2;
    ofA += x * x;
    ofB += y * y;
    both += x * y;
  }
  return {
    maxAbs,
    rmse: Math.sqrt(off / a.length),
    rms: Math.sqrt(ofA / a.length),
    cosine: both / Math.sqrt(ofA * ofB),
  };
}

function near(found: number | undefined, wanted: number, what: string): void {
  const apart = Math.abs((found ?? NaN) - wanted);
  assert.ok(apart <= 1e-9 * Math.max(1, Math.abs(wanted)), `${what}: ${found}, not ${wanted}`);
}

describe('the difference of two layers', () => {
  const a = Float32Array.of(1, 2, 3, 4, 0, -1);

  it('is nothing between equal values', () => {
    const same = compareValues(a, a, 2);
    assert.deepEqual([same.maxAbs, same.rmse, same.broken], [0, 0, 0]);
    near(same.cosine, 1, 'cosine');
    assert.deepEqual([...same.map], [0, 0, 0]);
  });

  it('is the RMS over the channels at each cell', () => {
    const b = Float32Array.of(4, 6, 3, 4, 0, -2);
    const found = compareValues(a, b, 2);
    assert.deepEqual([...found.map], [Math.sqrt(12.5), 0, Math.sqrt(0.5)].map(Math.fround));
    assert.equal(found.maxAbs, 4);
    near(found.rmse, Math.sqrt(26 / 6), 'rmse');
  });

  it('has no angle where one side is zero, and counts what is no number', () => {
    assert.equal('cosine' in compareValues(a, new Float32Array(6), 1), false);
    const broken = compareValues(a, Float32Array.of(1, NaN, 3, Infinity, 0, -1), 1);
    assert.deepEqual([broken.broken, broken.maxAbs, broken.rmse], [2, 0, 0]);
    assert.ok(diverges({ name: 'conv1', difference: broken }));
  });

  it('parts above the tolerance only', () => {
    const layer = (rmse: number): LayerComparison => ({
      name: 'fc6',
      difference: { maxAbs: rmse, rmse, rms: 2, broken: 0, map: new Float32Array() },
    });
    assert.equal(diverges(layer(2 * divergenceTolerance)), false);
    assert.equal(diverges(layer(2.001 * divergenceTolerance)), true);
    assert.equal(diverges({ name: 'norm1', a: [1] }), true);
  });
});

describe('two runs in the engine', () => {
  let engine: StartedEngine;

  before(async () => (engine = await startSlimEngine()));
  after(() => engine.stop());

  const run = (documentId: AlexNetId, runId: number, picture = 0) =>
    engine.classify(documentId, runId, pictures[picture] ?? new Uint8Array());

  it('are compared layer by layer as plain sums have it', async () => {
    await engine.loadRandom('keras');
    await run('keras', 1);
    await run('keras', 2, 1);
    const compared = await engine.rpc.call('compare', { a: 1, b: 2 });
    assert.deepEqual(
      compared.map(({ name }) => name),
      alexNets.keras.network.layers.map(({ name }) => name),
    );
    for (const { name, difference } of compared) {
      const values = async (runId: number): Promise<Float32Array> =>
        name === 'input'
          ? (await engine.rpc.call('input', { runId })).data
          : (await engine.rpc.call('activation', { runId, layer: name })).data;
      const wanted = plainly(await values(1), await values(2));
      for (const key of ['maxAbs', 'rmse', 'rms', 'cosine'] as const) {
        near(difference?.[key], wanted[key], `${name}'s ${key}`);
      }
    }
  });

  it('part where the networks first differ', async () => {
    await engine.loadRandom('bvlc');
    await run('bvlc', 3);
    await engine.loadRandom('caffenet');
    await run('caffenet', 4);
    const compared = await engine.rpc.call('compare', { a: 3, b: 4 });
    assert.equal(compared.find(diverges)?.name, 'norm1');
    const same = await engine.rpc.call('compare', { a: 4, b: 4 });
    assert.equal(same.find(diverges), undefined);
    await engine.loadRandom('torchvision');
    await run('torchvision', 5);
    const shapes = await engine.rpc.call('compare', { a: 4, b: 5 });
    const conv1 = shapes.find(({ name }) => name === 'conv1');
    assert.deepEqual(
      [conv1?.a, conv1?.b],
      [
        [55, 55, 96],
        [55, 55, 64],
      ],
    );
    assert.equal(conv1?.difference, undefined);
  });

  it('stay as long as one is kept, and no longer', async () => {
    await engine.rpc.call('keep', { runId: 4 });
    for (let runId = 6; runId < 6 + keptRuns + 2; runId++) await run('torchvision', runId);
    const last = 5 + keptRuns + 2;
    assert.ok((await engine.rpc.call('compare', { a: 4, b: last })).length > 0);
    assert.equal((await engine.rpc.call('usage', undefined)).runs, keptRuns + 1);
    await engine.rpc.call('keep', {});
    await assert.rejects(engine.rpc.call('compare', { a: 4, b: last }), /run 4 is not kept/);
    await assert.rejects(engine.rpc.call('keep', { runId: 1 }), /run 1 is not kept/);
  });
});
