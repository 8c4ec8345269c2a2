import * as tf from '@tensorflow/tfjs-core';
import { strict as assert } from 'node:assert';
import { weightKey, type NetworkWeights } from '../../../../src/files/matching/networkWeights';
import { layerCams } from '../../../../src/engine/explain/layerCams';
import { Work } from '../../../../src/engine/explain/work';
import type { StoredRun } from '../../../../src/engine/run/runStore';
import {
  conv2d,
  dense,
  flatten,
  globalAveragePool2d,
  input,
  lrn,
  maxPool2d,
  model,
} from '../../../../src/network/functional';
import type { Layer } from '../../../../src/network/layers/layer';
import { layerNamed } from '../../../../src/network/network';
import { cellAt } from '../../../../src/network/tensor/cell';
import { Sight } from '../../../../src/network/sight';
import { contains } from '../../../../src/network/tensor/span';
import {
  explanationMethods,
  explanationPlaces,
  type ExplanationMap,
  type ExplanationMethod,
  type ExplanationRequest,
} from '../../../../src/protocol/explanation';
import { assertNear, TinyExplainer, withBias } from '../../../support/explainTiny';
import { formulaWeights } from '../../../support/formulaWeights';

const side = 13;
const picture = input([side, side, 3]);

/** What an AlexNet is made of. */
const plain = model(
  picture,
  [
    conv2d(6, 3, { name: 'conv1', padding: 'same', activation: 'relu' }),
    lrn({ name: 'norm1', size: 3, k: 1, alpha: 0.3, beta: 0.75 }),
    maxPool2d(3, { name: 'pool1', strides: 2 }),
    conv2d(8, 3, { name: 'conv2', groups: 2, activation: 'relu' }),
    flatten({ name: 'flatten' }),
    dense(12, { name: 'fc3', activation: 'relu' }),
    dense(5, { name: 'fc4', activation: 'softmax' }),
  ].reduce((x, layer) => layer(x), picture),
);

const target = { class: 2 };

describe('explanations', () => {
  let tiny: TinyExplainer;
  let run: StoredRun;

  before(async () => {
    tiny = await TinyExplainer.of(plain);
    run = await tiny.run();
  });
  after(() => tiny.dispose());

  const saliencyOf = async (of: ExplanationRequest['target']): Promise<Float32Array> =>
    (await tiny.explain(run, { method: 'saliency', target: of })).map.data;

  it('of a contrast are the difference of its parts', async () => {
    const [both, one, other] = [
      await saliencyOf({ class: 2, minus: 4 }),
      await saliencyOf({ class: 2 }),
      await saliencyOf({ class: 4 }),
    ];
    assertNear(
      both,
      one.map((slope, at) => slope - other[at]!),
    );
  });

  it('of a unit are zero outside what it sees', async () => {
    const { data, shape } = run.activations.get('conv2')!;
    const strongest = data.indexOf(Math.max(...data));
    const { row: y, column: x, channel } = cellAt(shape, strongest);
    const { rows, columns } = new Sight(plain).cellSees('conv2', y, x)!;
    assert.ok(rows.last - rows.first < side - 1);
    const map = await saliencyOf({ layer: 'conv2', unit: [y, x, channel] });
    let within = 0;
    for (const [index, slope] of map.entries()) {
      const [row, column] = [Math.floor(index / 3 / side), Math.floor(index / 3) % side];
      if (contains(rows, row) && contains(columns, column)) within += Math.abs(slope);
      else assert.equal(slope, 0, `row ${row}, column ${column}`);
    }
    assert.ok(within > 0);
  });

  it("of a channel are the mean of its units'", async () => {
    const mean = new Float32Array(run.input.data.length);
    for (let row = 0; row < 4; row++)
      for (let column = 0; column < 4; column++) {
        const slopes = await saliencyOf({ layer: 'conv2', unit: [row, column, 1] });
        slopes.forEach((slope, at) => (mean[at]! += slope / 16));
      }
    assertNear(await saliencyOf({ layer: 'conv2', channel: 1 }), mean);
  });

  it('by integrated gradients add up the better the more steps there are', async () => {
    const errors: number[] = [];
    for (const steps of [2, 16, 256]) {
      const settings = { steps };
      const found = await tiny.explain(run, { method: 'integratedGradients', target, settings });
      const { sum, expected } = found.completeness!;
      assert.ok(Math.abs(expected - (found.value - found.baseline!.value)) < 1e-6);
      errors.push(Math.abs(sum - expected) / Math.abs(expected));
    }
    const [few = 0, some = 0, many = 1] = errors;
    assert.ok(few > some && some > many && many < 2e-2, errors.join(', '));
  });

  it("have curves from the picture's value to the baseline's, and back", async () => {
    for (const method of ['gradCam', 'occlusion', 'saliency'] as const) {
      const faithfulness = { grid: 4, perStep: 3 };
      const found = await tiny.explain(run, { ...requestOf(method), faithfulness });
      const { deletion, insertion } = found.faithfulness!;
      const black = (await tiny.run(new Float32Array(run.input.data.length))).logits.get('fc4')!;
      assertNear([deletion.values[0]!, deletion.values[6]!], [found.value, black[2]!]);
      assertNear([insertion.values[0]!, insertion.values[6]!], [black[2]!, found.value]);
      assert.equal(deletion.values.length, 7);
      assert.ok(deletion.probabilities!.every((share) => share >= 0 && share <= 1));
    }
  });

  it('are finite where nothing gets through and every gradient is zero', async () => {
    const dead = await TinyExplainer.of(plain, { weightsOf: withBias(-100) });
    const nothing = await dead.run();
    for (const method of explanationMethods) {
      const settings = method === 'occlusion' ? { window: 6, stride: 6 } : {};
      const { map } = await dead.explain(nothing, {
        method,
        target,
        settings,
      } as ExplanationRequest);
      assert.ok(map.data.every(Number.isFinite), method);
      const isCell = explanationPlaces[method] === 'cells';
      if (isCell)
        assert.ok(
          map.data.every((value) => value === 0),
          method,
        );
    }
    dead.dispose();
  });

  it('of a flipped picture are flipped, where the network knows no left and right', async () => {
    const even = await TinyExplainer.of(mirrored, { weightsOf: symmetricWeights });
    const values = even.picture();
    const [here, there] = [await even.run(values), await even.run(flipped(values, side, 3), 2)];
    for (const method of ['saliency', 'guidedBackprop', 'lrp', 'gradCam', 'occlusion'] as const) {
      const request = requestOf(method);
      const [map, other] = [
        (await even.explain(here, request)).map,
        (await even.explain(there, request)).map,
      ];
      const [, width = 0, channels = 1] = map.shape;
      assertNear(other.data, flipped(map.data, width, channels), method);
      assert.ok(
        map.data.some((value) => value !== 0),
        method,
      );
    }
    even.dispose();
  });

  it('by Grad-CAM of every layer are those of each layer alone, by one pass', async () => {
    const { signal } = new AbortController();
    const work = new Work({ signal, report: () => undefined });
    const { numTensors } = tf.memory();
    const { value, layers } = await layerCams({ model: tiny.model, run, work }, target);
    assert.equal(tf.memory().numTensors, numTensors);
    assert.equal(value, run.logits.get('fc4')![2]);
    const names = ['conv1', 'norm1', 'pool1', 'conv2', 'flatten', 'fc3', 'fc4'];
    assert.deepEqual(
      layers.map(({ name }) => name),
      names,
    );
    for (const { name, shape, data } of layers.slice(0, 4)) {
      const { map } = await tiny.explain(run, { method: 'gradCam', target, layer: name });
      assert.deepEqual(shape, map.shape);
      assertNear(data, map.data, name);
    }
    // What the last layer's units add up to is the value itself, and before it the value less the bias.
    const [last, before] = [layers[6]!, layers[5]!];
    assertNear([...last.data], [0, 0, value, 0, 0]);
    const bias = formulaWeights(layerNamed(plain, 'fc4')).get(weightKey('fc4', 'bias'))![2]!;
    assertNear([before.data.reduce((a, b) => a + b)], [value - bias]);
  });

  it('hand back all of the value as relevance, where there are no biases', async () => {
    const unbiased = await TinyExplainer.of(plain, { weightsOf: withBias(0) });
    const whole = await unbiased.run();
    for (const rule of ['epsilonPlus', 'epsilonPlusFlat', 'epsilonGammaBox'] as const) {
      const request = { method: 'lrp', target, settings: { rule } } as const;
      const { sum, expected } = (await unbiased.explain(whole, request)).completeness!;
      assert.ok(
        Math.abs(sum - expected) < 1e-2 * Math.abs(expected),
        `${rule}: ${sum}, ${expected}`,
      );
    }
    unbiased.dispose();
  });

  it('leave no tensor behind, whatever the method, and none when they are cancelled', async () => {
    const { numTensors } = tf.memory();
    for (const method of explanationMethods) {
      await tiny.explain(run, requestOf(method));
      const controller = new AbortController();
      controller.abort(new Error('not wanted'));
      const { signal } = controller;
      const cancelled = tiny.explain(run, requestOf(method), { signal });
      await assert.rejects(cancelled, /not wanted/);
      assert.equal(tf.memory().numTensors, numTensors, method);
    }
  });

  it('show maps of windows on the way, the whole picture covered from the first on', async () => {
    const maps: ExplanationMap[] = [];
    const settings = { window: 3, stride: 1 };
    const { map } = await tiny.explain(
      run,
      { method: 'occlusion', target, settings },
      { report: (progress) => progress.map && maps.push(progress.map) },
    );
    assert.deepEqual(map.shape, [11, 11]);
    assert.ok(maps.length > 1, `${maps.length}`);
    for (const each of maps) assert.ok(each.data.every((value) => map.data.includes(value)));
  });
});

/** What a method is asked for on a picture this small. */
function requestOf(method: ExplanationMethod): ExplanationRequest {
  if (method === 'occlusion') return { method, target, settings: { window: 3, stride: 5 } };
  if (method === 'smoothGrad') return { method, target, settings: { samples: 2 } };
  return { method, target };
}

const mirrored = model(
  picture,
  [
    conv2d(6, 3, { name: 'conv1', padding: 'same', activation: 'relu' }),
    maxPool2d(3, { name: 'pool1', strides: 2 }),
    conv2d(8, 3, { name: 'conv2', padding: 'same', activation: 'relu' }),
    globalAveragePool2d({ name: 'means' }),
    dense(5, { name: 'fc3' }),
  ].reduce((x, layer) => layer(x), picture),
);

/** Kernels whose columns are the same from the left and from the right. */
function symmetricWeights(layer: Layer): NetworkWeights {
  const weights = new Map(formulaWeights(layer));
  const key = weightKey(layer.name, 'kernel');
  const kernel = weights.get(key);
  const shape = layer.weights.find(({ name }) => name === 'kernel')?.shape ?? [];
  if (!kernel || layer.kind !== 'Conv2D') return weights;
  const [, width = 1, inputs = 1, outputs = 1] = shape;
  const mirror = flipped(kernel, width, inputs * outputs);
  return weights.set(
    key,
    kernel.map((value, at) => (value + mirror[at]!) / 2),
  );
}

/** Columns from right to left of row-major [rows, width, depth]. */
function flipped(values: Float32Array, width: number, depth: number): Float32Array {
  return values.map((_, at) => {
    const [pixel, channel] = [Math.floor(at / depth), at % depth];
    const column = pixel % width;
    return values[(pixel - column + width - 1 - column) * depth + channel]!;
  });
}
