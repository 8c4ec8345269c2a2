import { elementCount } from '../../network/tensor/shape';
import type { Placing } from './layouts';
import { asTheyAre } from './layouts';
import type { TensorInFile } from './tensorFile';
import { WeightsError } from '../bytes/weightsError';

/** Reads a tensor into the layout that `placing` makes; throws a WeightsError for NaN or infinity. */
export async function readTensor(
  tensor: TensorInFile,
  placing: Placing = asTheyAre,
): Promise<Float32Array> {
  const values = new Float32Array(elementCount(tensor.shape));
  await eachPiece(tensor, (piece, first) => placing(values, piece, first));
  return values;
}

/** Checks all values of a tensor as readTensor does, and keeps none. */
export function checkTensor(tensor: TensorInFile): Promise<void> {
  return eachPiece(tensor, () => undefined);
}

/** Throws a WeightsError for NaN or infinity; the piece begins at index `first` of the tensor. */
async function eachPiece(
  tensor: TensorInFile,
  take: (piece: Float32Array, first: number) => void,
): Promise<void> {
  const { name, shape } = tensor;
  const size = elementCount(shape);
  let first = 0;
  for await (const piece of tensor.pieces()) {
    if (first + piece.length > size) {
      throw new WeightsError(`${name} holds more than the ${size} values of its shape`);
    }
    checkValues(piece, name, first);
    take(piece, first);
    first += piece.length;
  }
  if (first < size) {
    throw new WeightsError(`${name} ends after ${first} of the ${size} values of its shape`);
  }
}

function checkValues(values: Float32Array, name: string, first: number): void {
  if (allFinite(values)) return;
  const bad = values.findIndex((value) => !Number.isFinite(value));
  throw new WeightsError(`${name} holds ${values[bad] ?? Number.NaN} at index ${first + bad}`);
}

/** Sums x - x: NaN if any x is NaN or infinite. Several times as fast as testing each value. */
function allFinite(values: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    sum += value - value;
  }
  return sum === 0;
}
