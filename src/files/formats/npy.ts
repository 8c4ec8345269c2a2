import type { ByteSource } from '../bytes/byteSource';
import { WeightsError } from '../bytes/weightsError';
import { isNpy, maxNpyHeaderBytes, readNpyHeader } from '../containers/npy';
import { maxArrayPickleBytes } from '../containers/pickle';
import { pickledLayers } from './pickledLayers';
import type { TensorFile, WeightsFormat } from '../tensors/tensorFile';

/** NumPy's file of one array whose only value is a dict: layers, each a list or a dict of arrays. */
export const npy: WeightsFormat = { name: 'NumPy .npy', recognises, open };

async function recognises(source: ByteSource): Promise<boolean> {
  return source.size >= 6 && isNpy(await source.read(0, 6));
}

async function open(source: ByteSource): Promise<TensorFile> {
  const start = await source.read(0, Math.min(maxNpyHeaderBytes, source.size));
  const { descr, dataStart } = readNpyHeader(start, 'the file');
  if (!descr.includes('O'))
    throw new WeightsError(
      'the file is one array without a name: save all arrays by name with numpy.savez',
    );
  if (source.size > maxArrayPickleBytes)
    throw new WeightsError(
      `the pickle has ${source.size} bytes, at most ${maxArrayPickleBytes}: save its arrays by name with numpy.savez`,
    );
  const pickled = await source.read(dataStart, source.size - dataStart);
  return { tensors: pickledLayers(pickled) };
}
