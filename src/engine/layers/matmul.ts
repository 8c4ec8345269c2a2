import * as tf from '@tensorflow/tfjs-core';
import type { LayerRunner } from './layerRunner';

/** Stacks of matrices, one times the other; on WebAssembly stacks that are repeated in both give other values. */
export const matmul: LayerRunner<'Matmul'> = {
  run: ({ outputShape }, [a, b]) => {
    const stack = outputShape.slice(0, -2);
    return tf.matMul(repeated(a as tf.Tensor, stack), repeated(b as tf.Tensor, stack));
  },
};

/** A tensor with the matrices of its axes of 1 over and over. */
function repeated(x: tf.Tensor, stack: readonly number[]): tf.Tensor {
  const reps = x.shape.map((size, axis) => {
    const wanted = axis === 0 ? size : (stack[axis - 1] ?? size);
    return wanted / size;
  });
  return reps.some((count) => count > 1) ? tf.tile(x, reps) : x;
}
