import * as tf from '@tensorflow/tfjs-core';
import { EngineError } from '../engineError';

const side = 5;
const tolerance = 1e-5;

/** Runs a small convolution on the current backend and compares it with plain arithmetic; throws where they differ. */
export function proveBackend(): void {
  const pixels = Float32Array.from(
    { length: side * side * 2 },
    (_, i) => ((i * 7) % 11) / 11 - 0.4,
  );
  const kernel = Float32Array.from({ length: 3 * 3 * 2 }, (_, i) => ((i * 5) % 7) / 7 - 0.5);
  const values = tf.tidy(() =>
    tf
      .conv2d(
        tf.tensor4d(pixels, [1, side, side, 2]),
        tf.tensor4d(kernel, [3, 3, 2, 1]),
        1,
        'valid',
      )
      .dataSync(),
  );
  const expected = convolve(pixels, kernel);
  const wrong = expected.findIndex(
    (value, i) => !(Math.abs(value - (values[i] ?? NaN)) <= tolerance),
  );
  if (wrong >= 0) {
    throw new EngineError(
      `its convolution is wrong: ${values[wrong] ?? 'nothing'} instead of ${expected[wrong] ?? 0}`,
    );
  }
}

function convolve(pixels: Float32Array, kernel: Float32Array): number[] {
  const answer: number[] = [];
  for (let y = 0; y + 3 <= side; y++) {
    for (let x = 0; x + 3 <= side; x++) {
      let sum = 0;
      for (let k = 0; k < kernel.length; k++) {
        const row = y + Math.floor(k / 6);
        const within = x * 2 + (k % 6);
        sum += (pixels[row * side * 2 + within] ?? 0) * (kernel[k] ?? 0);
      }
      answer.push(sum);
    }
  }
  return answer;
}
