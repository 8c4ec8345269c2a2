import type { ByteSource } from '../bytes/byteSource';
import { WeightsError } from '../bytes/weightsError';
import { maxArrayPickleBytes } from '../containers/pickle';
import type { TensorFile, WeightsFormat } from '../tensors/tensorFile';
import { pickledLayers } from './pickledLayers';

/** Python's pickle of a dict of NumPy arrays, of protocol 2 and later. */
export const pickle: WeightsFormat = { name: 'a pickle of NumPy arrays', recognises, open };

/** How much of a pickle is looked through for the first array. */
const startBytes = 4096;
const protocols = [2, 3, 4, 5];

/** A pickle says its protocol first, and each array names what makes it. */
async function recognises(source: ByteSource): Promise<boolean> {
  const start = Buffer.from(await source.read(0, Math.min(startBytes, source.size)));
  return start[0] === 0x80 && protocols.includes(start[1] ?? 0) && start.includes('numpy');
}

async function open(source: ByteSource): Promise<TensorFile> {
  if (source.size > maxArrayPickleBytes)
    throw new WeightsError(
      `the pickle has ${source.size} bytes, at most ${maxArrayPickleBytes}: save its arrays by name with numpy.savez`,
    );
  return { tensors: pickledLayers(await source.read(0, source.size)) };
}
