import * as tf from '@tensorflow/tfjs-core';
import { EngineError } from '../runtime/engineError';

/** Large enough for a backend to spread over its threads: a [34, 34, 4] picture, [3, 3, 4, 8] kernels, a [512, 256] matrix. */
const size = { side: 34, channels: 4, filters: 8, inputs: 512, units: 256 } as const;
const tolerance = 1e-4;

/** Runs a convolution and a dense layer on the current backend and compares them with plain arithmetic; throws where they differ. */
export function proveBackend(): void {
  const { side, channels, filters, inputs, units } = size;
  const pixels = pattern(side * side * channels, 7, 11);
  const kernel = pattern(3 * 3 * channels * filters, 5, 7);
  const row = pattern(inputs, 3, 13);
  const matrix = pattern(inputs * units, 5, 17);
  const convolved = tf.tidy(() =>
    tf
      .conv2d(
        tf.tensor4d(pixels, [1, side, side, channels]),
        tf.tensor4d(kernel, [3, 3, channels, filters]),
        1,
        'valid',
      )
      .dataSync(),
  );
  const product = tf.tidy(() =>
    tf.matMul(tf.tensor2d(row, [1, inputs]), tf.tensor2d(matrix, [inputs, units])).dataSync(),
  );
  compare('convolution', convolved, convolve(pixels, kernel));
  compare('matrix product', product, multiply(row, matrix));
}

/** Numbers from -0.5 to 0.5 that repeat after `period`. */
function pattern(length: number, step: number, period: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => ((i * step) % period) / (period - 1) - 0.5);
}

function compare(what: string, values: ArrayLike<number>, expected: readonly number[]): void {
  const wrong = expected.findIndex(
    (value, i) => !(Math.abs(value - (values[i] ?? NaN)) <= tolerance),
  );
  if (wrong < 0) return;
  throw new EngineError(
    `its ${what} is wrong: ${values[wrong] ?? 'nothing'} instead of ${expected[wrong] ?? 0}`,
  );
}

function convolve(pixels: Float32Array, kernel: Float32Array): number[] {
  const { side, channels, filters } = size;
  const rowLength = 3 * channels;
  const answer: number[] = [];
  for (let y = 0; y + 3 <= side; y++) {
    for (let x = 0; x + 3 <= side; x++) {
      const sums = new Array<number>(filters).fill(0);
      for (let k = 0; k < 3 * rowLength; k++) {
        const line = y + Math.floor(k / rowLength);
        const pixel = pixels[(line * side + x) * channels + (k % rowLength)] ?? 0;
        for (let f = 0; f < filters; f++) {
          sums[f] = (sums[f] ?? 0) + pixel * (kernel[k * filters + f] ?? 0);
        }
      }
      answer.push(...sums);
    }
  }
  return answer;
}

function multiply(row: Float32Array, matrix: Float32Array): number[] {
  const { units } = size;
  return Array.from({ length: units }, (_, unit) =>
    row.reduce((sum, value, i) => sum + value * (matrix[i * units + unit] ?? 0), 0),
  );
}
