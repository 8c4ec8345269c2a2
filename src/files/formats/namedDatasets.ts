import type { Hdf5File } from '../containers/hdf5/hdf5File';
import type { TensorInFile } from '../tensors/tensorFile';
import { WeightsError } from '../bytes/weightsError';

/** Bounds of groups and datasets, so that a group that contains itself ends. */
const maxDepth = 24;
const maxMembers = 4096;

/** All floating-point datasets of a file, by their paths: `conv1/kernel`, or `features.0.weight` where groups are not used. */
export async function namedDatasets(file: Hdf5File): Promise<readonly TensorInFile[]> {
  const tensors: TensorInFile[] = [];
  let left = maxMembers;
  const walk = async (path: string, depth: number): Promise<void> => {
    for (const name of await file.names(path)) {
      const inner = `${path}/${name}`;
      if (left-- === 0 || depth > maxDepth) throw new WeightsError('the groups nest without end');
      if (await file.isGroup(inner)) await walk(inner, depth + 1);
      else {
        const tensor = await file.tensor(inner, inner.slice(1));
        if (tensor) tensors.push(tensor);
      }
    }
  };
  await walk('', 0);
  return tensors;
}
