import type { Shape } from '../../network/tensor/shape';
import { elementCount } from '../../network/tensor/shape';
import type { TensorInFile } from './tensorFile';
import { pieceBytes } from '../bytes/byteSource';
import type { NumberFormat } from '../bytes/numbers';
import { numberBytes, toNumbers } from '../bytes/numbers';

/** A tensor whose numbers lie in a file without gaps, in any order of its axes. */
export interface StridedTensor {
  readonly name: string;
  readonly shape: Shape;
  /** By how many numbers the place moves with each axis. */
  readonly strides: readonly number[];
  readonly format: NumberFormat;
  /** The tensor's bytes in the file's order, in pieces of whole numbers. */
  bytes(): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** Row-major order goes through piece by piece; for any other the numbers are in memory while they are read. */
export function stridedTensor(tensor: StridedTensor): TensorInFile {
  const { name, shape, strides, format } = tensor;
  return {
    name,
    shape,
    byteLength: elementCount(shape) * numberBytes(format),
    pieces: () => (isRowMajor(shape, strides) ? inOrder(tensor) : gathered(tensor)),
  };
}

export function rowMajor(shape: Shape): readonly number[] {
  return shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
}

export function columnMajor(shape: Shape): readonly number[] {
  return shape.map((_, axis) => elementCount(shape.slice(0, axis)));
}

/** Whether the strides reach each number of the tensor once and nothing else: row-major but for the order of axes. */
export function isDense(shape: Shape, strides: readonly number[]): boolean {
  const axes = shape
    .map((size, axis) => ({ size, stride: strides[axis] ?? 0 }))
    .filter(({ size }) => size !== 1)
    .sort((a, b) => a.stride - b.stride);
  if (axes.some(({ size }) => size === 0)) return true;
  let expected = 1;
  for (const { size, stride } of axes) {
    if (stride !== expected) return false;
    expected *= size;
  }
  return true;
}

/** Along an axis of one nothing ever moves, so its stride is nothing to ask about. */
function isRowMajor(shape: Shape, strides: readonly number[]): boolean {
  return (
    elementCount(shape) === 0 ||
    rowMajor(shape).every((stride, axis) => shape[axis] === 1 || stride === strides[axis])
  );
}

async function* inOrder({ bytes, format }: StridedTensor): AsyncGenerator<Float32Array> {
  for await (const piece of bytes()) yield toNumbers(piece, format);
}

async function* gathered(tensor: StridedTensor): AsyncGenerator<Float32Array> {
  const { shape, strides } = tensor;
  const values = new Float32Array(elementCount(shape));
  let filled = 0;
  for await (const piece of inOrder(tensor)) {
    values.set(piece, filled);
    filled += piece.length;
  }
  const index = shape.map(() => 0);
  const last = shape.length - 1;
  const pieceSize = pieceBytes / Float32Array.BYTES_PER_ELEMENT;
  let from = 0;
  for (let done = 0; done < values.length; done += pieceSize) {
    const piece = new Float32Array(Math.min(pieceSize, values.length - done));
    for (let i = 0; i < piece.length; i++) {
      piece[i] = values[from] ?? 0;
      for (let axis = last; axis >= 0; axis--) {
        const at = (index[axis] ?? 0) + 1;
        const stride = strides[axis] ?? 0;
        from += stride;
        if (at < (shape[axis] ?? 0)) {
          index[axis] = at;
          break;
        }
        from -= at * stride;
        index[axis] = 0;
      }
    }
    yield piece;
  }
}
