import type { ByteSource } from '../bytes/byteSource';
import { Hdf5File } from '../containers/hdf5/hdf5File';
import { isHdf5 } from '../containers/hdf5/hdf5Superblock';
import type {
  FlattenedOrder,
  TensorFile,
  TensorInFile,
  WeightsFormat,
} from '../tensors/tensorFile';
import { withOwnNames } from '../tensors/ownNames';
import { WeightsError } from '../bytes/weightsError';
import { keras3Tensors } from './keras3Tensors';
import type { LayerTensors } from './kerasTowers';
import { withoutTowers } from './kerasTowers';

/**
 * HDF5 files: Keras' models and weights, of Keras 1 and 2, where groups are layers, and `.weights.h5` of Keras 3;
 * `.caffemodel.h5`, which Caffe saves where it is asked to; and any others, whose datasets have telling names.
 */
export const kerasH5: WeightsFormat = { name: 'Keras .h5', recognises: isHdf5, open };

const modelGroup = '/model_weights';
/** Where Caffe's snapshots in HDF5 have a group for each layer, with its blobs by number. */
const caffeGroup = '/data';
const caffeBlobs = ['weight', 'bias'];

async function open(source: ByteSource): Promise<TensorFile> {
  const opened = await openFile(await Hdf5File.open(source));
  return { ...opened, tensors: withOwnNames(opened.tensors, 'the file') };
}

async function openFile(file: Hdf5File): Promise<TensorFile> {
  const root = (await file.isGroup(modelGroup)) ? modelGroup : '';
  const layers = await file.texts(root, 'layer_names');
  if (!layers) {
    if (await file.isGroup(caffeGroup)) return { tensors: await caffeTensors(file) };
    const tensors = await keras3Tensors(file);
    return { tensors: tensors.length > 0 ? tensors : await namedDatasets(file) };
  }
  const [backend] = (await file.texts(root, 'backend')) ?? [];
  const flattened = await flattenedOrder(file);
  return {
    tensors: await legacyTensors(file, root, layers),
    // Theano convolves with kernels turned by 180 degrees; Keras turns them when another backend loads such a file.
    turnedKernels: backend === 'theano',
    ...(flattened && { flattened }),
  };
}

/**
 * How a model flattens its maps, by its config: its convolutions give them channels first, and Flatten does not turn them,
 * which it began to do in Keras 2.2 where it says `channels_first` too. Undefined where the file says nothing of it.
 */
async function flattenedOrder(file: Hdf5File): Promise<FlattenedOrder | undefined> {
  const [text] = (await file.texts('', 'model_config')) ?? [];
  if (text === undefined) return undefined;
  const isFirst = /"data_format": *"channels_first"|"dim_ordering": *"th"/.test(text);
  const flatten = /"class_name": *"Flatten", *"config": *\{[^{}]*\}/.exec(text)?.[0];
  const isTurned = flatten !== undefined && /"data_format": *"channels_first"/.test(flatten);
  return isFirst && !isTurned ? 'channels first' : 'channels last';
}

async function legacyTensors(
  file: Hdf5File,
  root: string,
  layers: readonly string[],
): Promise<readonly TensorInFile[]> {
  const found: LayerTensors[] = [];
  for (const layer of layers) {
    const group = `${root}/${layer}`;
    if (!(await file.isGroup(group))) throw new WeightsError(`the layer ${layer} is missing`);
    const tensors: TensorInFile[] = [];
    for (const weight of (await file.texts(group, 'weight_names')) ?? []) {
      const tensor = await file.tensor(`${group}/${weight}`, legacyName(layer, weight));
      if (tensor) tensors.push(tensor);
    }
    if (tensors.length > 0) found.push(tensors);
  }
  return withoutTowers(found).flat();
}

/** Both `conv1/conv1/kernel:0` and `kernel:0` of the layer conv1 become `conv1/kernel`. */
function legacyName(layer: string, weight: string): string {
  const parts = weight.replace(/:\d+$/, '').split('/');
  const names = parts.length > 1 ? parts : [layer, ...parts];
  return names.filter((name, index) => name !== names[index - 1]).join('/');
}

/** Kernel and bias of each layer that has them; the groups of others are empty. */
async function caffeTensors(file: Hdf5File): Promise<readonly TensorInFile[]> {
  const tensors: TensorInFile[] = [];
  for (const layer of await file.names(caffeGroup)) {
    const group = `${caffeGroup}/${layer}`;
    for (const blob of await file.names(group)) {
      const word = caffeBlobs[Number(blob)] ?? blob;
      const tensor = await file.tensor(`${group}/${blob}`, `${layer}.${word}`);
      if (tensor) tensors.push(tensor);
    }
  }
  return tensors;
}

/** Bounds of groups and datasets, so that a group that contains itself ends. */
const maxDepth = 24;
const maxMembers = 4096;

/** All floating-point datasets of a file, by their paths: `conv1/kernel`, or `features.0.weight` where groups are not used. */
async function namedDatasets(file: Hdf5File): Promise<readonly TensorInFile[]> {
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
