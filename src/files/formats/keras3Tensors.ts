import type { Hdf5File } from '../containers/hdf5/hdf5File';
import type { TensorInFile } from '../tensors/tensorFile';
import { WeightsError } from '../bytes/weightsError';
import type { LayerKey } from './keras3Layers';

/** Groups beside the weights that hold none. */
const noWeights = /^(optimizer|seed_generator\w*|_?(compile_)?metrics|_?loss_tracker)$/;

/** Bounds the nesting of models, so that a group that contains itself ends. */
const maxDepth = 24;
const maxGroups = 4096;

/** Groups that hold layers and are not part of their names; the second is Keras 2.12's. */
const lists = new Set(['layers', '_layer_checkpoint_dependencies']);

interface LayerGroup {
  readonly path: string;
  /** Name of the group, after those of the groups between it and the list of layers. */
  readonly key: string;
  readonly variables: readonly string[];
}

/** Variables of Keras 3's layers, `layers/<class>[_<k>]/vars/<i>`, named after the layer where its name is known. */
export async function keras3Tensors(
  file: Hdf5File,
  layers: readonly LayerKey[] = [],
): Promise<readonly TensorInFile[]> {
  const groups = await layerGroups(file, { path: '', keys: [] }, { left: maxGroups });
  const order = new Map(layers.map(({ group }, index) => [group, index]));
  const rank = ({ key }: LayerGroup): number => order.get(key) ?? layers.length;
  const sorted = [...groups].sort(
    (a, b) => rank(a) - rank(b) || a.key.localeCompare(b.key, 'en', { numeric: true }),
  );
  const tensors: TensorInFile[] = [];
  for (const group of sorted) tensors.push(...(await layerTensors(file, group, layers)));
  return tensors;
}

interface Place {
  readonly path: string;
  readonly keys: readonly string[];
}

/** Groups that may still be looked into: links can lead to one in many ways. */
interface Budget {
  left: number;
}

async function layerGroups(
  file: Hdf5File,
  { path, keys }: Place,
  budget: Budget,
): Promise<readonly LayerGroup[]> {
  if (path.split('/').length > maxDepth) {
    throw new WeightsError(`the groups nest without end: ${path.slice(0, 60)}…`);
  }
  const groups: LayerGroup[] = [];
  for (const name of await file.names(path)) {
    const inner = `${path}/${name}`;
    if (noWeights.test(name) || !(await file.isGroup(inner))) continue;
    if (budget.left-- === 0) throw new WeightsError('the groups nest without end');
    if (name === 'vars') {
      const variables = (await file.names(inner)).filter((variable) => /^\d+$/.test(variable));
      variables.sort((a, b) => Number(a) - Number(b));
      groups.push({ path: inner, key: keys.join('/'), variables });
    } else {
      const next = lists.has(name) ? keys : [...keys, name];
      groups.push(...(await layerGroups(file, { path: inner, keys: next }, budget)));
    }
  }
  return groups;
}

async function layerTensors(
  file: Hdf5File,
  { path, key, variables }: LayerGroup,
  layers: readonly LayerKey[],
): Promise<readonly TensorInFile[]> {
  if (variables.length === 0) return [];
  const [spoken] = (await file.texts(path, 'name')) ?? [];
  const layer = spoken ?? layers.find(({ group }) => group === key)?.name ?? key;
  const tensors: TensorInFile[] = [];
  for (const variable of variables) {
    const tensor = await file.tensor(`${path}/${variable}`, `${layer}/${variable}`);
    if (tensor) tensors.push(tensor);
  }
  const names = variableNames(tensors);
  return tensors.map((tensor, index) => {
    const name = names[index];
    return name === undefined ? tensor : { ...tensor, name: `${layer}/${name}` };
  });
}

const kernelNames = ['kernel', 'bias'];
const normNames = ['gamma', 'beta', 'moving_mean', 'moving_variance'];

/** Names of a layer's variables, which Keras only numbers, by their shapes; none where these do not tell. */
function variableNames(tensors: readonly TensorInFile[]): readonly string[] {
  const ranks = tensors.map(({ shape }) => shape.length);
  const [first = 0, second = 1] = ranks;
  if (first > 1 && second === 1 && ranks.length <= kernelNames.length) return kernelNames;
  return ranks.length === normNames.length && ranks.every((rank) => rank === 1) ? normNames : [];
}
