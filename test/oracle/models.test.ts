import { strict as assert } from 'node:assert';
import { resolve } from 'node:path';
import { startBackend } from '../../src/engine/backends/startBackend';
import { buildModel } from '../../src/engine/model/builtModel';
import { forward } from '../../src/engine/run/forward';
import { weightKey } from '../../src/files/matching/networkWeights';
import type { Layer } from '../../src/network/layers/layer';
import type { BackendId } from '../../src/protocol/engineProtocol';
import { image } from '../support/formula';
import type { ModelInput, Sample } from '../support/modelFixtures';
import { modelOracle, oracleName, readFixture, wholeModels } from '../support/modelFixtures';
import { nativeAddon } from '../support/nativeAddon';
import { notRun } from '../support/notRun';

const addonPath = nativeAddon();
if (addonPath === undefined) notRun('native TensorFlow: the models of Keras and TensorFlow.js');

const backends: readonly BackendId[] = [
  ...(addonPath === undefined ? [] : ['tensorflow' as const]),
  'wasm',
];

/** Of a layer's root mean square: how far float32 sums in another order may stray. */
const tolerance = 1e-4;

function assertSample(data: Float32Array, { at, values, l2, mean }: Sample, what: string): void {
  const rms = l2 / Math.sqrt(data.length);
  const near = (value: number, wanted: number, where: string): void =>
    assert.ok(
      Math.abs(value - wanted) <= tolerance * rms + 1e-7,
      `${what} ${where}: ${value}, expected ${wanted} (RMS ${rms})`,
    );
  at.forEach((index, i) => near(data[index] ?? NaN, values[i] ?? NaN, `at ${index}`));
  near(data.reduce((sum, value) => sum + value, 0) / data.length, mean, 'mean');
}

/** A picture's first channels, scaled. */
function inputValues({ picture }: ModelInput): Float32Array {
  const { height, width, seed, channels, scale } = picture;
  const rgb = image(height, width, seed);
  const factor = Math.fround(scale) === Math.fround(0.003921569) ? 1 / 255 : scale;
  const values = new Float32Array(height * width * channels);
  for (let i = 0; i < values.length; i++) {
    const pixel = Math.floor(i / channels);
    values[i] = (rgb[pixel * 3 + (i % channels)] ?? 0) * factor;
  }
  return values;
}

/** Every layer's values by its name. */
async function run(file: string): Promise<ReadonlyMap<string, Float32Array>> {
  const { document, weights, close } = await readFixture(file);
  const valuesOf = async (layer: Layer) => {
    const keys = layer.weights.map(({ name }) => weightKey(layer.name, name));
    const values = keys.map(async (key) => [key, await weights.weights.get(key)!.read()] as const);
    return new Map(await Promise.all(values));
  };
  const built = await buildModel(document.network, valuesOf);
  try {
    const { inputs } = modelOracle(oracleName(file));
    const given = new Map(inputs.map((input) => [input.name, inputValues(input)]));
    const { outputs } = await forward(built, given, {
      signal: new AbortController().signal,
      onLayer: () => undefined,
    });
    return new Map(outputs.map(({ layer, values }) => [layer.name, values]));
  } finally {
    built.dispose();
    await close();
  }
}

/**
 * The layers of a model and its outputs, as its library computed them. Keras 2 and TensorFlow.js mean another function by
 * some names: of such a model only the outputs are known. Keras' own rows behind a random flip are those of a flip, its
 * outputs are not.
 */
function expectedOf(file: string): readonly { readonly key: string; readonly output: Sample }[] {
  const name = oracleName(file);
  const { layers, files, outputs } = modelOracle(name);
  const keyed = (all: typeof outputs) => all.map((output) => ({ key: output.layer, output }));
  const isKeras2 = /-keras2|-layers/.test(file);
  const own = isKeras2 ? files[`${name}-keras2.h5`]?.outputs : undefined;
  if (own) return keyed(own);
  const random = layers.findIndex((layer) => layer.class.startsWith('Random'));
  const rows = layers.slice(0, random < 0 ? layers.length : random).filter(({ model }) => !model);
  return [
    ...rows.map(({ name: layer, call, output }) => ({
      key: call === 0 ? layer : `${layer}:${call}`,
      output,
    })),
    ...keyed(outputs),
  ];
}

for (const backend of backends) {
  describe(`every layer of a model in a file is what its library computes, on ${backend}`, function () {
    this.timeout(120_000);

    before(async () => {
      const params = { backend, threads: 2, addonPath, refused: [] };
      const info = await startBackend(params, resolve('dist/wasm'), () => undefined);
      assert.equal(info.backend, backend);
    });

    for (const file of wholeModels) {
      it(file, async () => {
        const values = await run(file);
        const expected = expectedOf(file);
        for (const { key, output } of expected) {
          assertSample(values.get(key) ?? new Float32Array(), output, key);
        }
      });
    }
  });
}
