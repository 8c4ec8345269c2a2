import { WeightsError } from '../bytes/weightsError';
import { NumpyArray, numpyWorld, textOf } from '../containers/numpyGlobals';
import { unpickle } from '../containers/pickle';
import { kind } from '../containers/pickleMachine';
import type { PickleValue } from '../containers/pickleValue';
import type { TensorInFile } from '../tensors/tensorFile';
import { numpyTensor } from './numpyTensor';

/** What stands at a list's first places, as in TensorFlow's bvlc_alexnet.npy. */
const places = ['weight', 'bias'];
/** Bound of dicts within dicts: a checkpoint's, a layer's. */
const maxDepth = 4;

/** The arrays of a pickled dict: layers, each an array, or a list or a dict of them; throws a WeightsError where there are none. */
export function pickledLayers(pickled: Uint8Array): readonly TensorInFile[] {
  const { value } = unpickle(pickled, 0, numpyWorld);
  // NumPy saves a dict as an array of one object.
  const [layers] = value instanceof NumpyArray ? value.objects : [value];
  if (!(layers instanceof Map))
    throw new WeightsError(`the file holds ${kind(layers ?? null)}, not a dict of layers`);
  const tensors = [...layers].flatMap(([name, weights]) => tensorsOf(textOf(name) ?? '', weights));
  if (tensors.length === 0) throw new WeightsError('the dict holds no arrays of floats');
  return tensors;
}

function tensorsOf(path: string, weights: PickleValue, depth = 1): readonly TensorInFile[] {
  if (weights instanceof NumpyArray) return numpyTensor(path, weights);
  if (depth === maxDepth || /optim|schedul/i.test(path)) return [];
  const named =
    weights instanceof Map
      ? [...weights].map(([name, value]) => [textOf(name) ?? '', value] as const)
      : Array.isArray(weights)
        ? weights.map((value, at) => [places[at] ?? `${at}`, value] as const)
        : [];
  return named.flatMap(([name, value]) => tensorsOf(`${path}.${name}`, value, depth + 1));
}
