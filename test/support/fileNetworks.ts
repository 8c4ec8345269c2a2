import {
  batchNormalization,
  concatenate,
  conv2d,
  dense,
  flatten,
  globalAveragePool2d,
  input,
  layer,
  merge,
  model,
  rescaling,
  softmax,
  type TensorHandle,
} from '../../src/network/functional';
import type { LayerSettings } from '../../src/network/layers/layer';
import type { Network } from '../../src/network/network';

const side = [14, 11, 3] as const;
const norm = { epsilon: 1e-3, scale: true, center: true } as const;

/** Small networks with the kinds of layers that models of files have and no AlexNet. */
export const fileNetworks: Readonly<Record<string, () => Network>> = {
  'every way to normalise': normalisations,
  'transposed convolutions, resizing and cropping': sizes,
  'shapes, orders of axes and dense maps': shapes,
  'parts, fillings and functions of ONNX': parts,
};

/** Applies each of these to a handle. */
function each(
  settings: Readonly<Record<string, LayerSettings>>,
  handle: TensorHandle,
): TensorHandle[] {
  return Object.entries(settings).map(([name, of]) => layer(of, { name })(handle));
}

function normalisations(): Network {
  const picture = input(side);
  const given = { mean: [0.1, -0.2, 0.3], variance: [0.5, 0.25, 0.75] };
  const pixels = each(
    {
      given: { kind: 'Normalization', given, invert: false },
      back: { kind: 'Normalization', given, invert: true },
      learnt: { kind: 'Normalization', invert: false },
      by_channel: { kind: 'Rescaling', scale: [1, 2, 3], offset: [0, -1, 0.5] },
    },
    picture,
  );
  const x = conv2d(8, 3, { name: 'x' })(picture);
  const list = globalAveragePool2d({ name: 'list' })(x);
  const maps = each(
    {
      layer: { kind: 'LayerNormalization', ...norm },
      layer_plain: { kind: 'LayerNormalization', ...norm, scale: false, center: false },
      group: { kind: 'GroupNormalization', ...norm, groups: 4 },
      instance: { kind: 'GroupNormalization', ...norm, groups: 8, center: false },
      unit: { kind: 'UnitNormalization' },
      bn_plain: { kind: 'BatchNormalization', ...norm, scale: false, center: false },
      bn_beta: { kind: 'BatchNormalization', ...norm, scale: false },
      factors: { kind: 'LayerScale' },
      moved: { kind: 'Offset', sharedAxes: [] },
      moved_rows: { kind: 'Offset', sharedAxes: [1] },
      prelu: { kind: 'PReLU', sharedAxes: [0, 1] },
      prelu_each: { kind: 'PReLU', sharedAxes: [] },
      prelu_rows: { kind: 'PReLU', sharedAxes: [1] },
      noise: { kind: 'Identity', operation: 'GaussianNoise' },
    },
    x,
  );
  const lists = each(
    {
      layer_list: { kind: 'LayerNormalization', ...norm },
      unit_list: { kind: 'UnitNormalization' },
      prelu_list: { kind: 'PReLU', sharedAxes: [] },
    },
    list,
  );
  return model(picture, [...pixels, ...maps, ...lists, batchNormalization({ name: 'bn' })(x)]);
}

function sizes(): Network {
  const picture = input(side);
  const half = conv2d(4, 3, { name: 'half', strides: 2 })(picture);
  const transposed = { kind: 'Conv2DTranspose', filters: 5, useBias: true } as const;
  const up = each(
    {
      doubled: {
        ...transposed,
        ...{ kernel: [3, 3], stride: [2, 2], activation: 'relu' },
        padding: [
          [0, 1],
          [0, 1],
        ],
      },
      thin: {
        ...transposed,
        ...{ kernel: [2, 5], stride: [3, 1], activation: 'linear', useBias: false },
        padding: [
          [0, 0],
          [2, 2],
        ],
      },
      wider: {
        ...transposed,
        ...{ kernel: [2, 2], stride: [3, 3], activation: 'sigmoid' },
        padding: [
          [0, -1],
          [0, -1],
        ],
      },
    },
    half,
  );
  const resized = each(
    {
      twice: { kind: 'Resize', size: [12, 10], interpolation: 'nearest' },
      twice_smooth: { kind: 'Resize', size: [12, 10], interpolation: 'bilinear' },
      uneven: { kind: 'Resize', size: [7, 3], interpolation: 'bilinear' },
      uneven_near: { kind: 'Resize', size: [4, 9], interpolation: 'nearest' },
    },
    half,
  );
  const cropped = layer(
    {
      kind: 'Cropping2D',
      cropping: [
        [1, 2],
        [0, 3],
      ],
    },
    { name: 'cropped' },
  )(picture);
  const largest = each(
    {
      largest: { kind: 'GlobalMaxPooling2D', keepDims: false },
      largest_kept: { kind: 'GlobalMaxPooling2D', keepDims: true },
    },
    half,
  );
  return model(picture, [...up, ...resized, cropped, ...largest]);
}

function shapes(): Network {
  const picture = input(side);
  const x = conv2d(12, 3, { name: 'x', strides: 2 })(picture);
  const [rows = 0, columns = 0] = x.shape;
  const split = layer({ kind: 'Reshape', target: [rows, columns, 4, 3] }, { name: 'split' })(x);
  const shuffled = layer({ kind: 'Permute', axes: [0, 1, 3, 2] }, { name: 'shuffled' })(split);
  const joined = layer(
    { kind: 'Reshape', target: [rows, columns, 12] },
    { name: 'joined' },
  )(shuffled);
  const turned = layer({ kind: 'Permute', axes: [1, 0, 2] }, { name: 'turned' })(x);
  const tokens = layer({ kind: 'Reshape', target: [-1, 12] }, { name: 'tokens' })(x);
  const projected = dense(5, { name: 'projected', activation: 'gelu' })(tokens);
  const onMap = dense(5, { name: 'on_map', activation: 'softmax' })(x);
  const turnedTokens = layer({ kind: 'Permute', axes: [1, 0] }, { name: 'turned_tokens' })(tokens);
  const attention = layer({ kind: 'Matmul' }, { name: 'attention' })(tokens, turnedTokens);
  const stacks = layer({ kind: 'Permute', axes: [0, 1, 3, 2] }, { name: 'stacks' })(split);
  const stacked = layer({ kind: 'Matmul' }, { name: 'stacked' })(split, stacks);
  const places = layer({ kind: 'Offset', sharedAxes: [0, 1] }, { name: 'places' })(stacked);
  const list = layer({ kind: 'Reshape', target: [-1] }, { name: 'list' })(onMap);
  const mean = globalAveragePool2d({ name: 'mean' })(x);
  const gate = layer({ kind: 'Reshape', target: [1, 1, 12] }, { name: 'gate' })(mean);
  const gated = merge('multiply', { name: 'gated' })(x, gate);
  const byList = merge('add', { name: 'by_list' })(x, mean);
  const twoAxes = merge('add', { name: 'two_axes' })(tokens, mean);
  const both = concatenate({ name: 'both' })(split, shuffledBack(shuffled));
  const scores = dense(3, { name: 'scores' })(flatten({ name: 'flat' })(turned));
  const mask = softmax({ name: 'mask' })(rescaling(2, { name: 'sharper' })(x));
  return model(picture, [
    joined,
    projected,
    list,
    gated,
    byList,
    twoAxes,
    both,
    scores,
    mask,
    attention,
    places,
  ]);
}

function shuffledBack(handle: TensorHandle): TensorHandle {
  return layer({ kind: 'Permute', axes: [0, 1, 3, 2] }, { name: 'back' })(handle);
}

function parts(): Network {
  const picture = input(side);
  const x = conv2d(6, 3, { name: 'x', strides: 2 })(picture);
  const padding = [
    [2, 1],
    [0, 3],
  ] as const;
  const moved = each(
    {
      half: { kind: 'Slice', starts: [0, 0, 3], steps: [1, 1, 1], counts: [6, 5, 3] },
      middle: { kind: 'Slice', starts: [1, 2, 0], steps: [1, 1, 1], counts: [3, 2, 6] },
      every_second: { kind: 'Slice', starts: [1, 0, 0], steps: [2, 2, 1], counts: [2, 3, 6] },
      turned_round: { kind: 'Slice', starts: [0, 4, 5], steps: [1, -1, -2], counts: [6, 5, 3] },
      number: { kind: 'ZeroPadding2D', padding, fill: -1.5 },
      mirrored: { kind: 'ZeroPadding2D', padding, fill: 'reflect' },
      edges: { kind: 'ZeroPadding2D', padding, fill: 'edge' },
      around: { kind: 'ZeroPadding2D', padding, fill: 'wrap' },
      by_shares: {
        kind: 'Resize',
        ...{ size: [2, 3], interpolation: 'bilinear' },
        shares: [
          [
            [{ at: 0, share: 1 }],
            [
              { at: 3, share: 0.25 },
              { at: 5, share: 0.75 },
            ],
          ],
          [
            [{ at: 4, share: 1 }],
            [],
            [
              { at: 0, share: -0.5 },
              { at: 1, share: 1.5 },
            ],
          ],
        ],
      },
    },
    x,
  );
  const steps = { scale: 0.07, zeroPoint: 3, least: 0, most: 15 } as const;
  const positive = layer(
    { kind: 'Activation', activation: 'exponential' },
    { name: 'positive' },
  )(x);
  const functions = Object.entries({
    erf: 'erf',
    absolute: 'abs',
    quantised: { function: 'quantise', ...steps },
  } as const).map(([name, activation]) => layer({ kind: 'Activation', activation }, { name })(x));
  const powers = Object.entries({
    log: { function: 'log' },
    root: { function: 'power', exponent: 0.5 },
    inverse: { function: 'power', exponent: -1 },
    cube: { function: 'power', exponent: 3 },
  } as const).map(([name, activation]) =>
    layer({ kind: 'Activation', activation }, { name })(positive),
  );
  return model(picture, [...moved, ...functions, ...powers]);
}
