import { elementCount } from '../../network/tensor/shape';
import type { TensorInFile } from './tensorFile';
import { readTensor } from './tensorValues';

/** Two tensors of one shape as one, joined along an axis, under the name of the first. */
export function joinedTensors(
  first: TensorInFile,
  second: TensorInFile,
  axis: number,
): TensorInFile {
  const shape = first.shape.map((size, at) => (at === axis ? 2 * size : size));
  // How many values of each lie side by side in the joined one.
  const run = elementCount(first.shape.slice(axis));
  return {
    name: first.name,
    shape,
    byteLength: first.byteLength + second.byteLength,
    pieces: () => (axis === 0 ? inTurn(first, second) : sideBySide(first, second, run)),
  };
}

async function* inTurn(first: TensorInFile, second: TensorInFile): AsyncGenerator<Float32Array> {
  yield* first.pieces();
  yield* second.pieces();
}

async function* sideBySide(
  first: TensorInFile,
  second: TensorInFile,
  run: number,
): AsyncGenerator<Float32Array> {
  const [a, b] = [await readTensor(first), await readTensor(second)];
  const joined = new Float32Array(a.length + b.length);
  for (let at = 0; at < a.length; at += run) {
    joined.set(a.subarray(at, at + run), 2 * at);
    joined.set(b.subarray(at, at + run), 2 * at + run);
  }
  yield joined;
}
