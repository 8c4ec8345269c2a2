import type { TensorHandle } from '../../src/network/functional';
import {
  activation,
  adaptiveAveragePool2d,
  averagePool2d,
  batchNormalization,
  concatenate,
  conv2d,
  dense,
  depthwiseConv2d,
  dropout,
  flatten,
  globalAveragePool2d,
  input,
  lrn,
  maxPool2d,
  merge,
  model,
  rescaling,
  softmax,
  zeroPadding2d,
} from '../../src/network/functional';
import { named, type PointwiseActivation } from '../../src/network/layers/activations';
import type { MergeOperation } from '../../src/network/layers/layer';
import type { Network } from '../../src/network/network';
import { fileNetworks } from './fileNetworks';

const side = [14, 11, 3] as const;

/** Small networks that together have every kind of layer and every setting. */
export const branchingNetworks: Readonly<Record<string, () => Network>> = {
  'a residual block': residual,
  'an inception block': inception,
  'depthwise blocks': depthwise,
  'convolutions of every setting': convolutions,
  'poolings of every setting': poolings,
  'every way to merge, with repeated axes': merges,
  'every activation, as a layer and within others': activations,
  'two outputs and an input that no picture comes into': ends,
  ...fileNetworks,
};

function residual(): Network {
  const picture = input(side);
  let x = conv2d(8, 3, { name: 'stem', padding: 'same', useBias: false })(picture);
  x = activation('relu', { name: 'relu' })(batchNormalization({ name: 'bn' })(x));
  const long = conv2d(16, 1, { name: 'reduce', strides: 2, activation: 'relu' })(x);
  const branch = batchNormalization({ name: 'bn2', epsilon: 1e-5 })(
    conv2d(16, 3, { name: 'conv', padding: 1, useBias: false })(long),
  );
  const short = conv2d(16, 1, { name: 'project', strides: 2, useBias: false })(x);
  const sum = activation('relu', { name: 'out' })(merge('add', { name: 'add' })(branch, short));
  const twice = merge('add', { name: 'twice' })(sum, sum);
  const mean = globalAveragePool2d({ name: 'mean' })(twice);
  return model(picture, dense(5, { name: 'fc', activation: 'softmax' })(mean));
}

function inception(): Network {
  const picture = input(side);
  const x = lrn({ name: 'lrn', size: 5, k: 1, alpha: 0.1, beta: 0.75 })(
    conv2d(8, 3, { name: 'stem', strides: 2, activation: 'relu' })(picture),
  );
  const square = conv2d(6, 5, { name: 'five', padding: 'same', activation: 'relu' })(
    conv2d(4, 1, { name: 'reduce' })(x),
  );
  const thin = conv2d(5, [3, 1], { name: 'down', padding: 'same' })(
    conv2d(5, [1, 7], { name: 'across', padding: 'same', activation: 'relu' })(x),
  );
  const pooled = maxPool2d(3, { name: 'pool', strides: 1, padding: 'same' })(x);
  const joined = concatenate({ name: 'join' })(
    conv2d(4, 1, { name: 'one' })(x),
    square,
    thin,
    pooled,
  );
  const flat = flatten({ name: 'flatten' })(maxPool2d(2, { name: 'halve', strides: 2 })(joined));
  const scores = dense(7, { name: 'scores', useBias: false })(dropout(0.4, { name: 'drop' })(flat));
  return model(picture, softmax({ name: 'prob' })(scores));
}

function depthwise(): Network {
  const picture = input(side);
  let x = depthwiseConv2d(3, { name: 'double', multiplier: 2, padding: 'same' })(picture);
  x = conv2d(8, 1, { name: 'expand', activation: 'relu6' })(x);
  x = depthwiseConv2d(3, { name: 'same', strides: 2, padding: 'same', activation: 'relu' })(x);
  x = depthwiseConv2d([3, 1], { name: 'thin', padding: 'same', useBias: false })(x);
  const narrow = depthwiseConv2d(2, { name: 'uneven', strides: [1, 2], activation: 'silu' })(x);
  const wide = depthwiseConv2d(2, { name: 'wide', dilation: [2, 1], multiplier: 3 })(x);
  const both = depthwiseConv2d(2, {
    name: 'both',
    strides: 2,
    dilation: 2,
    padding: 'same',
    activation: 'relu',
  })(x);
  const heads = [narrow, wide, both].map((head, i) => globalAveragePool2d({ name: `g${i}` })(head));
  const gate = conv2d(8, 1, { name: 'gate', activation: 'hard_sigmoid' })(
    globalAveragePool2d({ name: 'squeeze', keepDims: true })(x),
  );
  const gated = merge('multiply', { name: 'excite' })(x, gate);
  const all = concatenate({ name: 'all' })(...heads, globalAveragePool2d({ name: 'g3' })(gated));
  return model(picture, all);
}

function convolutions(): Network {
  const picture = input(side);
  const settings = {
    rectangular: {
      strides: [2, 1],
      padding: [
        [1, 2],
        [0, 3],
      ],
    },
    dilated: { dilation: [2, 3], padding: 'same' },
    dilated_valid: { dilation: 2 },
    dilated_strided: {
      dilation: 2,
      strides: [2, 3],
      padding: [
        [2, 2],
        [1, 4],
      ],
    },
    dilated_same: { dilation: [1, 2], strides: 2, padding: 'same' },
    towers: { groups: 3, padding: 1, activation: 'relu', useBias: false },
    softmax: { activation: 'softmax' },
  } as const;
  const maps = Object.entries(settings).map(([name, setting]) =>
    conv2d(6, [3, 2], { name, ...setting })(picture),
  );
  return model(picture, maps);
}

function poolings(): Network {
  const picture = input(side);
  const shared = {
    plain: { strides: 2 },
    same: { strides: [2, 1], padding: 'same' },
    padded: { strides: 2, padding: 1 },
    uneven: {
      strides: [3, 2],
      padding: [
        [0, 1],
        [1, 0],
      ],
    },
    ceil: { strides: 2, ceil: true },
    ceil_padded: {
      strides: [4, 3],
      padding: [
        [1, 1],
        [1, 1],
      ],
      ceil: true,
    },
    sparse: { strides: 4 },
  } as const;
  const maps: TensorHandle[] = Object.entries(shared).flatMap(([name, setting]) => [
    maxPool2d([3, 2], { name: `max_${name}`, ...setting })(picture),
    averagePool2d([3, 2], { name: `mean_${name}`, ...setting })(picture),
    averagePool2d([3, 2], { name: `counted_${name}`, ...setting, countPadding: true })(picture),
  ]);
  const one = [
    maxPool2d(1, { name: 'max_of_one', strides: [2, 3] })(picture),
    averagePool2d(1, { name: 'mean_of_one', strides: 2 })(picture),
    adaptiveAveragePool2d([7, 11], { name: 'adaptive' })(picture),
    adaptiveAveragePool2d([14, 11], { name: 'adaptive_to_itself' })(picture),
    globalAveragePool2d({ name: 'mean_kept', keepDims: true })(picture),
    zeroPadding2d(
      [
        [2, 0],
        [1, 3],
      ],
      { name: 'pad' },
    )(picture),
  ];
  const again = globalAveragePool2d({ name: 'mean_of_a_mean' })(one[4]!);
  return model(picture, [...maps, ...one, again]);
}

function merges(): Network {
  const picture = input(side);
  const [a, b, c] = ['a', 'b', 'c'].map((name) => conv2d(4, 1, { name })(picture));
  const mean = globalAveragePool2d({ name: 'channels', keepDims: true })(b!);
  const plane = conv2d(1, 3, { name: 'plane', padding: 'same' })(picture);
  const lists = [a, b].map((map, i) => globalAveragePool2d({ name: `list${i}` })(map!));
  const operations: readonly MergeOperation[] = ['add', 'multiply', 'average', 'maximum', 'minimum', 'subtract']; // prettier-ignore
  const outputs = operations.flatMap((operation) => {
    const join = (name: string, ...handles: (TensorHandle | undefined)[]): TensorHandle =>
      merge(operation, { name: `${operation}_${name}` })(...handles.map((handle) => handle!));
    return [
      join('two', a, b),
      join('channels', a, mean),
      join('channels_first', mean, a),
      join('planes', plane, c),
      join('both', mean, plane),
      join('lists', ...lists),
      ...(operation === 'subtract' ? [] : [join('three', a, b, c), join('mixed', plane, a, mean)]),
    ];
  });
  return model(picture, [...outputs, concatenate({ name: 'join_lists' })(...lists)]);
}

function activations(): Network {
  const picture = input(side);
  const x = conv2d(4, 3, { name: 'x' })(picture);
  const list = globalAveragePool2d({ name: 'list' })(x);
  const functions: Readonly<Record<string, PointwiseActivation>> = {
    ...Object.fromEntries(Object.keys(named).map((name) => [name, name as PointwiseActivation])),
    leaky: { function: 'bent', slope: 0.3, threshold: 0 },
    bent: { function: 'bent', slope: 0.1, threshold: 0.05, most: 0.4 },
    ramp: { function: 'ramp', slope: 0.2, offset: 0.5 },
    clip: { function: 'clip', least: -0.2, most: 0.3 },
    elu_half: { function: 'elu', alpha: 0.5 },
  };
  const outputs = Object.entries(functions).flatMap(([name, of]) => [
    activation(of, { name: `${name}_layer` })(x),
    conv2d(3, 2, { name: `${name}_conv`, activation: of })(x),
    depthwiseConv2d(2, { name: `${name}_depthwise`, activation: of })(x),
    dense(5, { name: `${name}_dense`, activation: of })(list),
  ]);
  return model(picture, [...outputs, batchNormalization({ name: 'bn_of_list' })(list)]);
}

function ends(): Network {
  const picture = input(side);
  const other = input([5], 'other');
  const centred = rescaling(0.25, { name: 'rescaling', offset: -1.5 })(picture);
  const x = conv2d(4, 3, { name: 'conv', activation: 'relu' })(centred);
  const mean = globalAveragePool2d({ name: 'mean' })(x);
  const first = dense(3, { name: 'first' })(mean);
  const second = dense(4, { name: 'second', activation: 'softmax' })(mean);
  const joined = concatenate({ name: 'joined' })(mean, other);
  return model([picture, other], [first, second, dense(2, { name: 'after' })(joined)]);
}
