import { strict as assert } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NetworkWeights } from '../../../src/files/matching/networkWeights';
import type { ModelDocument } from '../../../src/network/modelDocument';
import type { Network } from '../../../src/network/network';
import { cellAt } from '../../../src/network/tensor/cell';
import type { ValueExplanation } from '../../../src/protocol/engineProtocol';
import { branchingNetworks } from '../../support/branchingNetworks';
import { image } from '../../support/formula';
import { formulaWeights } from '../../support/formulaWeights';
import { nativeAddon } from '../../support/nativeAddon';
import { notRun } from '../../support/notRun';
import { runPlainly } from '../../support/plainNetwork';
import { valueOf } from '../../support/plainOperands';
import type { StartedEngine } from '../../support/startedEngine';
import { startEngine } from '../../support/startedEngine';
import { writePng } from '../../support/writePng';
import { writeSafetensors } from '../../support/writeSafetensors';

const addonPath = nativeAddon();
if (addonPath === undefined) notRun('native TensorFlow: networks that branch');

const backends = [
  'wasm',
  'cpu',
  ...(addonPath === undefined ? [] : ['tensorflow' as const]),
] as const;

/** Of a layer's root mean square. */
const tolerance = 1e-5;
const samples = 8;

const preprocess = {
  fit: { mode: 'stretch' },
  filter: 'bilinear',
  order: 'RGB',
  scale: 1 / 255,
  mean: [0.5, 0.4, 0.3],
  std: [0.25, 0.3, 0.2],
} as const;

function documentOf(id: string, network: Network): ModelDocument {
  const labels = { names: [], source: 'a test' };
  const origin = { kind: 'file', name: id, uri: '' } as const;
  return { id, title: id, description: '', origin, network, preprocess, labels, reasons: {} };
}

/** What nested loops make of a network: the same whatever backend they are compared with. */
const plainRuns = new Map<
  string,
  { readonly data: Float32Array; readonly made: ReturnType<typeof runPlainly> }
>();

function plainRun(
  title: string,
  data: Float32Array,
  make: () => ReturnType<typeof runPlainly>,
): ReturnType<typeof runPlainly> {
  const known = plainRuns.get(title);
  if (known) {
    assert.deepEqual(data, known.data);
    return known.made;
  }
  const made = make();
  plainRuns.set(title, { data, made });
  return made;
}

for (const backend of backends) {
  describe(`networks that branch, on ${backend}`, function () {
    this.timeout(120_000);
    let engine: StartedEngine;
    let folder: string;
    let runId = 0;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'alexnet-graphs-'));
      engine = await startEngine({ backend, addonPath });
      assert.equal(engine.info.backend, backend);
    });
    after(async () => {
      engine.stop();
      await rm(folder, { recursive: true, force: true });
    });

    /** The run of a network that the engine has and that the last test made, else a new one. */
    let last: { readonly id: string; readonly ran: ReturnType<typeof run> } | undefined;
    function runOnce(id: string, network: Network): ReturnType<typeof run> {
      if (last?.id !== id) last = { id, ran: run(id, network) };
      return last.ran;
    }

    /** Loads weights by formula and classifies a picture. */
    async function run(id: string, network: Network) {
      const weights: NetworkWeights = new Map(
        network.layers.flatMap((layer, at) => [...formulaWeights(layer, 10 * at)]),
      );
      const path = join(folder, 'weights.safetensors');
      const tensors = network.layers.flatMap(({ name: layer, weights: specs }) =>
        specs.map(({ name, shape }) => ({
          name: `${layer}.${name}`,
          shape,
          values: weights.get(`${layer}.${name}`)!,
        })),
      );
      await writeSafetensors(path, tensors);
      await engine.rpc.call('openDocument', { document: documentOf(id, network) });
      const source = { kind: 'file', name: 'weights', path } as const;
      const info = await engine.rpc.call('loadWeights', {
        documentId: id,
        source,
        weightsId: ++runId,
      });
      assert.equal(info.documentId, id);
      const bytes = writePng(image(20, 17, 3), 17, 20);
      return { weights, made: await engine.rpc.call('classify', { runId, bytes, preprocess }) };
    }

    for (const [title, build] of Object.entries(branchingNetworks)) {
      it(`${title}: every layer is what nested loops make of it`, async () => {
        const network = build();
        const { weights, made } = await runOnce(title, network);
        const picture = network.inputs[0]!;
        const { data } = await engine.rpc.call('input', { runId });
        const plain = plainRun(title, data, () =>
          runPlainly(network, weights, new Map([[picture, data]])),
        );
        assert.deepEqual(
          made.layers.map(({ name }) => name).sort(),
          [...plain.keys()].filter((name) => name !== picture).sort(),
        );
        const wrong: string[] = [];
        for (const { name } of made.layers) {
          const activation = await engine.rpc.call('activation', { runId, layer: name });
          const far = distance(activation.data, plain.get(name)!);
          if (!(far <= tolerance)) wrong.push(`${name} is off by ${far} of its RMS`);
        }
        assert.deepEqual(wrong, []);
      });

      it(`${title}: the numbers that a value is made of make it`, async () => {
        const network = build();
        await runOnce(title, network);
        const wrong: string[] = [];
        for (const { name, outputShape, kind } of network.layers) {
          const isSoftmaxOfMap = kind === 'Conv2D' && name === 'softmax';
          if (kind === 'InputLayer' || isSoftmaxOfMap || ['joined', 'after'].includes(name))
            continue;
          const { data } = await engine.rpc.call('activation', { runId, layer: name });
          const rms = rmsOf(data);
          for (let sample = 0; sample < samples; sample++) {
            const index = Math.floor((sample / (samples - 1)) * (data.length - 1));
            const cell = cellAt(outputShape, index);
            const { operands, value }: ValueExplanation = await engine.rpc.call('explainValue', {
              runId,
              layer: name,
              ...cell,
            });
            assert.equal(value[0], data[index]);
            const far = Math.abs(valueOf(operands, cell.channel) - data[index]!) / rms;
            if (!(far <= tolerance)) wrong.push(`${name} at ${index} is off by ${far} of its RMS`);
          }
        }
        assert.deepEqual(wrong, []);
      });
    }

    it('leave no tensor but their weights, and none when they are let go', async () => {
      const network = branchingNetworks['depthwise blocks']!();
      await run('counted', network);
      const { tensors } = await engine.rpc.call('usage', undefined);
      assert.equal(tensors, network.layers.flatMap((layer) => layer.weights).length);
      const bare = documentOf('bare', {
        ...network,
        layers: network.layers.slice(0, 1),
        outputs: network.inputs,
      });
      await engine.rpc.call('openDocument', { document: bare });
      const source = { kind: 'random', seed: 1 } as const;
      await engine.rpc.call('loadWeights', { documentId: 'bare', source, weightsId: ++runId });
      assert.equal((await engine.rpc.call('usage', undefined)).tensors, 0);
    });

    it('have the logits of their first output', async () => {
      const network = branchingNetworks['a residual block']!();
      const { made } = await run('logits', network);
      const { data } = await engine.rpc.call('activation', { runId, layer: 'fc' });
      const total = made.logits.reduce((sum, z) => sum + Math.exp(z), 0);
      made.logits.forEach((z, i) => assert.ok(Math.abs(Math.exp(z) / total - data[i]!) < 1e-6));
      const two = branchingNetworks['two outputs and an input that no picture comes into']!();
      const second = await run('two', two);
      const first = await engine.rpc.call('activation', { runId, layer: 'first' });
      assert.deepEqual(second.made.logits, first.data);
      await assert.rejects(
        engine.rpc.call('explainValue', { runId, layer: 'after', row: 0, column: 0, channel: 0 }),
        /after did not run/,
      );
    });
  });
}

/** The largest difference, of the RMS of what is expected. */
function distance(values: Float32Array, expected: Float64Array): number {
  assert.equal(values.length, expected.length);
  const off = expected.reduce((most, x, i) => Math.max(most, Math.abs(x - values[i]!)), 0);
  return off / rmsOf(expected);
}

function rmsOf(values: Float32Array | Float64Array): number {
  const squares = values as Float64Array;
  return Math.sqrt(squares.reduce((sum, x) => sum + x * x, 0) / values.length);
}
