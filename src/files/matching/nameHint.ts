import type { LayerKind, WeightName } from '../../network/layers/layer';

/** What a tensor's name in a file says of its place in the network; whatever it does not say is left out. */
export interface NameHint {
  /** The name without its last part: the tensors of one layer share it. */
  readonly module: string;
  /** As this project and Caffe call it, such as `conv1`. */
  readonly layer?: string;
  readonly kind?: LayerKind;
  /** What the last part can stand for. */
  readonly weights?: readonly WeightName[];
}

/** Last parts of names, as Keras, PyTorch, Caffe and Caffe2 have them; PyTorch's batch norm says weight and bias too. */
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

/** What a file calls something is no safe key of a plain object. */
function lookUp<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
