import { elementCount } from '../../network/tensor/shape';
import type { Placing } from './layouts';
import { asTheyAre } from './layouts';
import type { TensorInFile } from './tensorFile';
import { WeightsError } from '../bytes/weightsError';

/** All values of a tensor, each put where `placing` says; refuses NaN and infinities, which no trained network holds. */
export async function readTensor(
  tensor: TensorInFile,
  placing: Placing = asTheyAre,
): Promise<Float32Array> {
  const values = new Float32Array(elementCount(tensor.shape));
  await eachPiece(tensor, (piece, first) => placing(values, piece, first));
  return values;
}

/** Reads piece by piece what readTensor reads, keeps nothing, and refuses the same. */
export function checkTensor(tensor: TensorInFile): Promise<void> {
  return eachPiece(tensor, () => undefined);
}

/** `first` is where in the tensor the piece begins. */
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

/** Less itself a number is 0, and NaN and infinities are NaN: one sum tells, several times as fast as asking each. */
function allFinite(values: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    sum += value - value;
  }
  return sum === 0;
}
