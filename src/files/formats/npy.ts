import type { ByteSource } from '../bytes/byteSource';
import { WeightsError } from '../bytes/weightsError';
import { isNpy, maxNpyHeaderBytes, readNpyHeader } from '../containers/npy';
import { NumpyArray, numpyWorld, textOf } from '../containers/numpyGlobals';
import { maxArrayPickleBytes, unpickle } from '../containers/pickle';
import { kind } from '../containers/pickleMachine';
import type { PickleValue } from '../containers/pickleValue';
import { numpyTensor } from './numpyTensor';
import type { TensorFile, TensorInFile, WeightsFormat } from '../tensors/tensorFile';

/** NumPy's file of one array whose only value is a dict: layers, each a list or a dict of arrays. */
export const npy: WeightsFormat = { name: 'NumPy .npy', recognises, open };

/** What stands at a list's first places, as in TensorFlow's bvlc_alexnet.npy. */
const places = ['weight', 'bias'];

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
  const { value } = unpickle(pickled, 0, numpyWorld);
  const [layers] = value instanceof NumpyArray ? value.objects : [value];
  if (!(layers instanceof Map))
    throw new WeightsError(`the file holds ${kind(layers ?? null)}, not a dict of layers`);
  const tensors = [...layers].flatMap(([name, weights]) => tensorsOf(textOf(name) ?? '', weights));
  if (tensors.length === 0) throw new WeightsError('the dict holds no arrays of floats');
  return { tensors };
}

function tensorsOf(layer: string, weights: PickleValue): readonly TensorInFile[] {
  if (weights instanceof NumpyArray) return numpyTensor(layer, weights);
  const named =
    weights instanceof Map
      ? [...weights].map(([name, value]) => [textOf(name) ?? '', value] as const)
      : Array.isArray(weights)
        ? weights.map((value, at) => [places[at] ?? `${at}`, value] as const)
        : [];
  return named.flatMap(([name, value]) =>
    value instanceof NumpyArray ? numpyTensor(`${layer}.${name}`, value) : [],
  );
}
