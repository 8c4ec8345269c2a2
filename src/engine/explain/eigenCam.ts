import * as tf from '@tensorflow/tfjs-core';
import { camOf, layerMap } from './camMethod';
import type { Found, MethodContext } from './method';
import { taken } from './trace';

/**
 * The cells along the first principal component of a layer's channels (Muhammad and Yeasin 2020); no target has a part in
 * it. Its sign is arbitrary: here the cell of largest magnitude is positive.
 */
export async function eigenCam({ run, layer, work }: MethodContext<'eigenCam'>): Promise<Found> {
  const { shape, values } = layerMap(run, layer);
  const [height, width, channels] = shape;
  const cells = height * width;
  await work.pause();
  const bySquares = cells <= channels;
  const centred = tf.tidy(() => {
    const all = tf.tensor2d(values, [cells, channels]);
    return tf.sub<tf.Tensor2D>(all, tf.mean(all, 0, true));
  });
  const products = tf.matMul(centred, centred, !bySquares, bySquares);
  const matrix = taken(products);
  const { vector, value } = largestEigenvector(matrix, bySquares ? cells : channels);
  const along = taken(centred);
  const map = bySquares
    ? vector.map((part) => part * Math.sqrt(value))
    : Float64Array.from({ length: cells }, (_, cell) =>
        vector.reduce((sum, part, at) => sum + part * (along[cell * channels + at] ?? 0), 0),
      );
  return { map: camOf(shape, Float32Array.from(turned(map))) };
}

/** Enough for two components of nearly the same strength; each costs as much as a read of the matrix. */
const mostIterations = 1000;
const enough = 1e-9;

/** Of a symmetric matrix without negative eigenvalues, by power iteration from its strongest row. */
function largestEigenvector(
  matrix: Float32Array,
  side: number,
): { readonly vector: Float64Array; readonly value: number } {
  let strongest = 0;
  for (let at = 1; at < side; at++)
    if ((matrix[at * (side + 1)] ?? 0) > (matrix[strongest * (side + 1)] ?? 0)) strongest = at;
  let vector = Float64Array.from(matrix.subarray(strongest * side, (strongest + 1) * side));
  let value = lengthOf(vector);
  if (value === 0) return { vector, value };
  vector = vector.map((part) => part / value);
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    const next = product(matrix, vector);
    const length = lengthOf(next);
    const apart = next.reduce((most, part, at) => {
      return Math.max(most, Math.abs(part / length - (vector[at] ?? 0)));
    }, 0);
    vector = next.map((part) => part / length);
    value = length;
    if (apart < enough) break;
  }
  return { vector, value };
}

function product(matrix: Float32Array, vector: Float64Array): Float64Array {
  const side = vector.length;
  return vector.map((_, row) => {
    let sum = 0;
    for (let at = 0; at < side; at++) sum += (matrix[row * side + at] ?? 0) * (vector[at] ?? 0);
    return sum;
  });
}

function lengthOf(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, part) => sum + part * part, 0));
}

function turned(map: Float64Array): Float64Array {
  const largest = map.reduce((most, each) => (Math.abs(each) > Math.abs(most) ? each : most), 0);
  return largest < 0 ? map.map((each) => -each) : map;
}
