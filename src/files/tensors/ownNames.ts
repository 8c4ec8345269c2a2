import { WeightsError } from '../bytes/weightsError';
import type { TensorInFile } from './tensorFile';

/** Returns the tensors; throws a WeightsError where two have one name, as which is meant is not known then. */
export function withOwnNames(
  tensors: readonly TensorInFile[],
  holder: string,
): readonly TensorInFile[] {
  const names = new Set<string>();
  for (const { name } of tensors) {
    if (names.has(name)) throw new WeightsError(`${holder} has two tensors called ${name}`);
    names.add(name);
  }
  return tensors;
}
