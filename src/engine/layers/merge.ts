import * as tf from '@tensorflow/tfjs-core';
import type { MergeOperation } from '../../network/layers/layer';
import type { LayerRunner } from './layerRunner';

const ops: { readonly [O in MergeOperation]: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor } = {
  add: tf.add,
  subtract: tf.sub,
  multiply: tf.mul,
  average: tf.add,
  maximum: tf.maximum,
  minimum: tf.minimum,
};

/** Several inputs become one, value by value; axes of 1 are repeated. */
export const merge: LayerRunner<'Merge'> = {
  run({ operation }, inputs) {
    const axes = Math.max(...inputs.map(({ rank }) => rank));
    const merged = inputs.map((x) => withAxes(x, axes)).reduce((a, b) => ops[operation](a, b));
    return operation === 'average' ? tf.div(merged, inputs.length) : merged;
  },
};

/** A list goes with a map as a value for each channel: axes of 1 are put behind its batch. */
function withAxes(x: tf.Tensor, axes: number): tf.Tensor {
  const [batch = 1, ...shape] = x.shape;
  const ones = Array<number>(axes - x.rank).fill(1);
  return ones.length === 0 ? x : tf.reshape(x, [batch, ...ones, ...shape]);
}

/** One input's channels, or units, after the other's. */
export const concatenate: LayerRunner<'Concatenate'> = {
  run: (_, inputs) => tf.concat([...inputs], -1),
};
