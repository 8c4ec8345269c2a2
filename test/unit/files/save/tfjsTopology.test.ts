import * as tf from '@tensorflow/tfjs-core';
import { alexNets } from '../../../../src/library/alexNets';
import * as tfl from '@tensorflow/tfjs-layers';
import { strict as assert } from 'node:assert';
import { cpuBackend } from '../../../../src/engine/backends/cpuBackend';
import { buildModel } from '../../../../src/engine/model/builtModel';
import { forward } from '../../../../src/engine/run/forward';
import {
  batchNormalization,
  conv2d,
  dense,
  dropout,
  flatten,
  input,
  maxPool2d,
  model,
} from '../../../../src/network/functional';
import { elementCount } from '../../../../src/network/tensor/shape';
import { tfjsTopology } from '../../../../src/files/save/tfjsTopology';

/** Every kind of layer that Keras' AlexNet has, small. */
function smallNetwork(): ReturnType<typeof model> {
  const picture = input([15, 15, 3]);
  let x = conv2d(4, 5, { strides: 2, padding: 'same', activation: 'relu', name: 'conv1' })(picture);
  x = batchNormalization({ name: 'bn1' })(x);
  x = maxPool2d(3, { strides: 2, name: 'pool1' })(x);
  x = flatten({ name: 'flatten' })(x);
  x = dense(6, { activation: 'relu', name: 'fc6' })(x);
  x = dropout(0.5, { name: 'drop7' })(x);
  return model(picture, dense(5, { activation: 'softmax', name: 'fc8' })(x));
}

/** From -1 to 1; positive for what must be. */
const wave = (name: string, size: number): Float32Array =>
  Float32Array.from({ length: size }, (_, i) => {
    const value = Math.sin(i * 1.7 + name.length);
    return name.endsWith('moving_variance') ? 1.5 + value : value;
  });

describe("a network as TensorFlow.js' own topology", () => {
  before(async () => {
    tf.enableProdMode();
    await cpuBackend.start({ addonPath: undefined, threads: 1, wasmDirectory: '' });
  });

  it('is a model that loadLayersModel loads and that answers the same', async () => {
    const network = smallNetwork();
    const weights = network.layers.flatMap((layer) =>
      layer.weights.map(({ name, shape }) => ({
        name: `${layer.name}/${name}`,
        shape: [...shape],
      })),
    );
    const values = weights.map(({ name, shape }) => wave(name, elementCount(shape)));
    const artifacts = {
      // As it is after it was written.
      modelTopology: JSON.parse(JSON.stringify(tfjsTopology(network))) as object,
      weightSpecs: weights.map((weight) => ({ ...weight, dtype: 'float32' as const })),
      weightData: Float32Array.from(values.flatMap((part) => [...part])).buffer,
    };
    const loaded = await tfl.loadLayersModel(tf.io.fromMemory(artifacts));
    const built = await buildModel(network, (layer) => {
      const own = weights.map(({ name }, i) => [name.replace('/', '.'), values[i]!] as const);
      return new Map(own.filter(([name]) => name.startsWith(`${layer.name}.`)));
    });
    const picture = wave('picture', 15 * 15 * 3);
    const options = { signal: new AbortController().signal, onLayer: () => undefined };
    const { outputs } = await forward(built, new Map([['input', picture]]), options);
    const answer = loaded.predict(tf.tensor4d(picture, [1, 15, 15, 3])) as tf.Tensor;
    const wanted = outputs.at(-1)!.values;
    for (const [i, value] of (await answer.data()).entries()) {
      assert.ok(Math.abs(value - wanted[i]!) < 1e-6, `${value} is not ${wanted[i]}`);
    }
    assert.ok(Math.max(...wanted) - Math.min(...wanted) > 1e-3);
    loaded.dispose();
    built.dispose();
  });

  it("has every layer of Keras' AlexNet, and is none where a layer is not Keras' own", () => {
    const { network } = alexNets.keras;
    const { config } = tfjsTopology(network) as { config: { layers: { name: string }[] } };
    assert.deepEqual(
      config.layers.map(({ name }) => name),
      network.layers.map(({ name }) => name),
    );
    for (const id of ['paper', 'bvlc', 'caffenet', 'torchvision'] as const) {
      assert.equal(tfjsTopology(alexNets[id].network), undefined);
    }
  });
});
