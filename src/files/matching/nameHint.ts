import type { LayerKind, WeightName } from '../../network/layers/layer';

/** What a tensor's name in a file tells of its place in the network; properties that it does not tell are left out. */
export interface NameHint {
  /** The name without its last part, which the tensors of one layer share. */
  readonly module: string;
  /** By this project's and Caffe's name, such as `conv1`. */
  readonly layer?: string;
  readonly kind?: LayerKind;
  /** The weights that the last part can stand for. */
  readonly weights?: readonly WeightName[];
}

/** Last parts of names in Keras, PyTorch, Caffe and Caffe2; PyTorch's batch norm also uses weight and bias. */
const weightWords: Readonly<Record<string, readonly WeightName[]>> = {
  kernel: ['kernel'],
  weight: ['kernel', 'gamma'],
  weights: ['kernel', 'gamma'],
  w: ['kernel'],
  bias: ['bias', 'beta'],
  biases: ['bias', 'beta'],
  b: ['bias'],
  gamma: ['gamma'],
  scale: ['gamma'],
  beta: ['beta'],
  offset: ['beta'],
  moving_mean: ['moving_mean'],
  running_mean: ['moving_mean'],
  moving_variance: ['moving_variance'],
  running_var: ['moving_variance'],
};

const kindWords: Readonly<Record<string, LayerKind>> = {
  conv: 'Conv2D',
  conv2d: 'Conv2D',
  bn: 'BatchNormalization',
  batchnorm: 'BatchNormalization',
  batch_normalization: 'BatchNormalization',
  fc: 'Dense',
  dense: 'Dense',
  linear: 'Dense',
};

/** Reads names such as `conv1.kernel`, `features.0.weight`, `conv2d_1/bias:0` and `fc6_w_0`. */
export function nameHint(name: string): NameHint {
  const parts = name
    .replace(/:\d+$/, '')
    .replace(/_([wb])_\d+$/, '.$1')
    .split(/[./]/);
  const weights = lookUp(weightWords, parts.at(-1) ?? '');
  const modules = parts.slice(0, -1);
  const layer = modules.findLast((part) => /^(conv|bn|fc)\d$/i.test(part))?.toLowerCase();
  const kind = modules
    .map((part) => lookUp(kindWords, part.toLowerCase().replace(/_?\d+$/, '')))
    .findLast((found) => found !== undefined);
  return {
    module: modules.join('.'),
    ...(layer === undefined ? {} : { layer }),
    ...(kind === undefined ? {} : { kind }),
    ...(weights === undefined ? {} : { weights }),
  };
}

/** Looks up own properties only: a name from a file may be that of an inherited one. */
function lookUp<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
