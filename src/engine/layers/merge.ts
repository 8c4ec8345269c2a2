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
    const merged = inputs.reduce((a, b) => ops[operation](a, b));
    return operation === 'average' ? tf.div(merged, inputs.length) : merged;
  },
};

/** One input's channels, or units, after the other's. */
export const concatenate: LayerRunner<'Concatenate'> = {
  run: (_, inputs) => tf.concat([...inputs], -1),
};
