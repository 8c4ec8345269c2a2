import { strict as assert } from 'node:assert';
import { type AlexNetId, alexNets } from '../../../src/library/alexNets';
import type { ModelDocument } from '../../../src/network/modelDocument';
import { layerNamed } from '../../../src/network/network';
import { elementCount } from '../../../src/network/tensor/shape';
import type { TensorSummary } from '../../../src/protocol/weightSummary';
import { CancelledError } from '../../../src/protocol/rpc';
import { randomLayerWeights } from '../../../src/files/randomWeights';
import type { StartedEngine } from '../../support/startedEngine';
import { startEngine, startSlimEngine } from '../../support/startedEngine';
import { plainBins, plainStatistics } from '../../support/plainStatistics';
import { slimAlexNets } from '../../support/slimAlexNets';

const seed = 3;

describe("the engine's account of weights", () => {
  let engine: StartedEngine;

  before(async () => (engine = await startSlimEngine()));
  after(() => engine.stop());

  const load = (documentId: AlexNetId) => engine.loadRandom(documentId, seed);
  const valuesOf = ({ network }: ModelDocument, layer: string, weight: string): Float32Array =>
    randomLayerWeights(layerNamed(network, layer), seed).get(`${layer}.${weight}`)!;
  const tensorsOf = async (layer: string, of = engine): Promise<readonly TensorSummary[]> =>
    (await of.rpc.call('weightSummary', { layer })).tensors;

  it('needs weights', async () => {
    const asked = engine.rpc.call('weightSummary', { layer: 'conv1' });
    await assert.rejects(asked, /no weights are loaded yet/);
  });

  for (const [documentId, layers] of [
    ['paper', ['conv1', 'conv2', 'norm1']],
    ['keras', ['conv1', 'bn1', 'bn5']],
  ] as const) {
    it(`counts every value of ${documentId}, a kernel in two towers as the whole it is`, async () => {
      await load(documentId);
      for (const layer of layers) {
        const specs = layerNamed(slimAlexNets[documentId].network, layer).weights;
        const tensors = await tensorsOf(layer);
        assert.deepEqual(
          tensors.map(({ name, shape }) => ({ name, shape })),
          specs.map(({ name, shape }) => ({ name, shape })),
        );
        for (const tensor of tensors) {
          agrees(tensor, valuesOf(slimAlexNets[documentId], layer, tensor.name));
        }
      }
    });
  }

  it('gives filters of both towers, each with the channels that it sees', async () => {
    await load('paper');
    const kernel = valuesOf(slimAlexNets.paper, 'conv2', 'kernel');
    for (const [first, count] of [
      [0, 1],
      [127, 2],
      [255, 1],
      [0, 256],
    ] as const) {
      const { shape, data } = await engine.rpc.call('filters', { layer: 'conv2', first, count });
      assert.deepEqual(shape, [count, 5, 5, 48]);
      const expected = Float32Array.from({ length: elementCount(shape) }, (_, i) => {
        const filter = first + Math.floor(i / 1200);
        return kernel[(i % 1200) * 256 + filter]!;
      });
      assert.deepEqual(data, expected);
    }
  });

  for (const [params, why] of [
    [{ layer: 'conv2', first: 255, count: 2 }, /conv2 has the filters 0 to 255, not 255 to 256/],
    [{ layer: 'conv2', first: -1, count: 1 }, /has the filters/],
    [{ layer: 'fc6', first: 0, count: 1 }, /fc6 is no convolution/],
    [{ layer: 'conv9', first: 0, count: 1 }, /no layer is named "conv9"/],
  ] as const) {
    it(`refuses ${JSON.stringify(params)}`, async () => {
      await assert.rejects(engine.rpc.call('filters', params), why);
    });
  }

  it("counts all of fc6's 37.7 million values in little memory, can be cancelled, leaves no tensor", async () => {
    const whole = await startEngine();
    try {
      await whole.loadRandom('keras', seed);
      const before = await whole.rpc.call('usage', undefined);
      const controller = new AbortController();
      const cancelled = whole.rpc.call(
        'weightSummary',
        { layer: 'fc6' },
        { signal: controller.signal, onProgress: () => controller.abort() },
      );
      await assert.rejects(cancelled, CancelledError);
      const [kernel] = await tensorsOf('fc6', whole);
      assert.equal(kernel!.count, 37_748_736);
      const after = await whole.rpc.call('usage', undefined);
      assert.deepEqual([after.tensors, after.tensorBytes], [before.tensors, before.tensorBytes]);
      assert.ok(after.peakBytes - before.peakBytes < 50e6, 'more than 50 MB on top');
      agreesInOneLoop(kernel!, valuesOf(alexNets.keras, 'fc6', 'kernel'));
      assert.deepEqual((await tensorsOf('fc6', whole))[0], kernel);
    } finally {
      whole.stop();
    }
  });

  it('counts the same where the backend gives copies, piece by piece', async () => {
    const other = await startSlimEngine({ backend: 'cpu' });
    try {
      await other.loadRandom('paper', seed);
      for (const tensor of await tensorsOf('conv2', other)) {
        agrees(tensor, valuesOf(slimAlexNets.paper, 'conv2', tensor.name));
      }
      const [kernel] = await tensorsOf('fc6', other);
      agreesInOneLoop(kernel!, valuesOf(slimAlexNets.paper, 'fc6', 'kernel'));
    } finally {
      other.stop();
    }
  });

  it('tells other weights apart', async () => {
    await load('keras');
    const [first] = await tensorsOf('fc8');
    await engine.loadRandom('keras', seed + 1);
    const [second] = await tensorsOf('fc8');
    assert.notEqual(first!.statistics!.mean, second!.statistics!.mean);
  });
});

function agrees(tensor: TensorSummary, values: Float32Array): void {
  const { statistics, histogram, count, zeros, nan, infinite } = tensor;
  const { min, max, mean, std, l2, ...counts } = plainStatistics(values);
  assert.deepEqual({ count, zeros, nan, infinite }, counts);
  assert.ok(statistics && histogram);
  assert.deepEqual([statistics.min, statistics.max], [min, max]);
  assert.ok(Math.abs(statistics.mean - mean) <= 1e-15 * l2, tensor.name);
  assert.ok(Math.abs(statistics.std - std) <= 1e-12 * std, tensor.name);
  assert.ok(Math.abs(statistics.l2 - l2) <= 1e-12 * l2, tensor.name);
  assert.deepEqual([...histogram.counts], plainBins(values, histogram));
  if (tensor.values) assert.deepEqual(tensor.values, values);
  const outputs = tensor.shape.at(-1)!;
  tensor.norms?.forEach((norm, output) => {
    if (output % 40 !== 0) return;
    let squares = 0;
    for (let i = output; i < values.length; i += outputs) squares += values[i]! ** 2;
    assert.ok(Math.abs(norm - Math.sqrt(squares)) <= 1e-6 * norm);
  });
}

/** What is too large for copies. */
function agreesInOneLoop({ statistics, histogram }: TensorSummary, values: Float32Array): void {
  assert.ok(statistics && histogram);
  const { from, width, counts } = histogram;
  const bins = new Uint32Array(counts.length);
  let [sum, squares, min, max] = [0, 0, Infinity, -Infinity];
  // By index: an iterator would take ten times as long.
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const bin = Math.floor((value - from) / width);
    bins[bin]!++;
    sum += value;
    squares += value ** 2;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const mean = sum / values.length;
  const std = Math.sqrt(squares / values.length - mean ** 2);
  assert.deepEqual(counts, bins);
  assert.deepEqual([statistics.min, statistics.max], [min, max]);
  assert.ok(Math.abs(statistics.mean - mean) <= 1e-10 * std);
  assert.ok(Math.abs(statistics.std - std) <= 1e-10 * std);
  assert.ok(Math.abs(statistics.l2 - Math.sqrt(squares)) <= 1e-10 * Math.sqrt(squares));
}
