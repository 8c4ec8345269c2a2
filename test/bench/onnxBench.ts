import { strict as assert } from 'node:assert';
import { alexNets } from '../../src/library/alexNets';
import type { NetworkWeights } from '../../src/files/matching/networkWeights';
import { randomLayerWeights } from '../../src/files/randomWeights';
import { image } from '../support/formula';
import { startEngine } from '../support/startedEngine';
import { writePng } from '../support/writePng';
import { alternate } from './alternate';
import { loadOnnxRuntime } from './onnxRuntime';
import { writeMeasures } from './writeMeasures';
import { writeOnnx } from './writeOnnx';

const runs = 15;
const side = 224;
const { network } = alexNets.keras;

/** The same network and weights in onnxruntime-node; its probabilities must be ours. */
async function main([model = '', runtime = '', threads = '2']: string[]): Promise<void> {
  await writeOnnx(model, network, allWeights());
  if (runtime === '') return;
  const ort = loadOnnxRuntime(runtime, 'onnxruntime-node');
  const options = { intraOpNumThreads: Number(threads), executionProviders: ['cpu'] };
  const session = await ort.InferenceSession.create(model, options);
  const rgb = image(side, side, 1);
  const chw = Float32Array.from(
    { length: rgb.length },
    (_, i) => (rgb[(i % (side * side)) * 3 + Math.floor(i / (side * side))] ?? 0) / 255,
  );
  const feeds = { input: new ort.Tensor('float32', chw, [1, 3, side, side]) };
  const answer = (await session.run(feeds))['fc8']?.data;
  await agree(answer ?? new Float32Array(), rgb);
  const ways = { 'forward pass': () => session.run(feeds) };
  await alternate(ways, 3);
  writeMeasures(`onnxruntime-node ${ort.env.versions.common ?? ''}`, await alternate(ways, runs));
}

function allWeights(): NetworkWeights {
  return new Map(network.layers.flatMap((layer) => [...randomLayerWeights(layer, 1)]));
}

async function agree(theirs: Float32Array, rgb: Uint8Array): Promise<void> {
  const engine = await startEngine();
  try {
    await engine.loadRandom('keras');
    await engine.classify('keras', 1, writePng(rgb, side, side));
    const { data } = await engine.rpc.call('activation', { runId: 1, layer: 'fc8' });
    const largest = data.reduce((a, b) => Math.max(a, b));
    data.forEach((value, i) =>
      assert.ok(Math.abs(value - (theirs[i] ?? NaN)) < 1e-3 * largest, `class ${i} differs`),
    );
  } finally {
    engine.stop();
  }
}

void main(process.argv.slice(2));
