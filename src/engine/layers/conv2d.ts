import * as tf from '@tensorflow/tfjs-core';
import type { LayerOf } from '../../network/layers/layer';
import { inputShapeOf } from '../../network/layers/layer';
import { fusedPart, remainingPart } from './activations';
import { biasedAndActivated } from './biasAndRelu';
import type { LayerRunner, WeightTensors } from './layerRunner';
import { mapTensor } from './layerRunner';
import { everyNth, padMap, windowPads } from './padding';

type Conv2D = LayerOf<'Conv2D'>;

interface Options {
  readonly strides: [number, number];
  readonly pad: 'same' | 'valid';
  readonly dilations: [number, number];
  readonly activation: ReturnType<typeof fusedPart>;
  readonly fused: boolean;
}

/** Convolution, depthwise or in towers where it has groups, then its bias and activation. */
export const conv2d: LayerRunner<'Conv2D'> = {
  // One kernel tensor a tower, split once: WebAssembly packs each kernel tensor that it meets.
  towers: (layer) => (isDepthwise(layer) ? 1 : layer.groups),
  run: (layer, inputs, weights) => convolve(layer, inputs, weights, true),
  // A fused convolution always computes the gradient to its input, which the first layer's nobody wants.
  train: (layer, inputs, weights) => convolve(layer, inputs, weights, false),
  softmax: ({ activation }) => activation === 'softmax',
};

function convolve(
  layer: Conv2D,
  inputs: readonly tf.Tensor[],
  weights: WeightTensors,
  fused: boolean,
): tf.Tensor {
  const input = mapTensor(inputs);
  const { stride, dilation, padding, activation } = layer;
  const apart = stridesApart(layer);
  const same = padding === 'same' && !apart;
  const x = same ? input : padMap(input, windowPads(layer), 0);
  const options: Options = {
    strides: apart ? [1, 1] : [...stride],
    pad: same ? 'same' : 'valid',
    dilations: [...dilation],
    activation: fusedPart(activation),
    fused,
  };
  const output = isDepthwise(layer)
    ? depthwise(layer, x, weights, options)
    : inTowers(layer, x, weights, options);
  return remainingPart(apart ? everyNth(output, stride) : output, activation);
}

function isDepthwise(layer: Conv2D): boolean {
  return layer.groups > 1 && layer.groups === inputShapeOf(layer)[2];
}

/**
 * Whether the strides are taken after the convolution: TensorFlow.js strides no dilated kernel, and TensorFlow's
 * depthwise kernels stride alike down and across.
 */
function stridesApart(layer: Conv2D): boolean {
  const { stride, dilation } = layer;
  const strided = stride.some((step) => step > 1);
  const dilated = dilation.some((step) => step > 1);
  return strided && (dilated || (isDepthwise(layer) && stride[0] !== stride[1]));
}

/** Split, convolve, concatenate: TensorFlow.js refuses groups (paper, section 3.2). */
function inTowers(
  { groups, useBias }: Conv2D,
  x: tf.Tensor4D,
  weights: WeightTensors,
  options: Options,
): tf.Tensor4D {
  const kernels = weights('kernel');
  const biases = useBias ? weights('bias') : [];
  const tower = (part: tf.Tensor4D, index: number): tf.Tensor4D => {
    const filter = kernels[index] as tf.Tensor4D;
    const bias = biases[index];
    if (!options.fused) {
      const { strides, pad, dilations } = options;
      const sums = tf.conv2d(part, filter, strides, pad, 'NHWC', dilations);
      return biasedAndActivated(sums, bias, options.activation);
    }
    return tf.fused.conv2d({ ...options, x: part, filter, ...withBias(bias) });
  };
  if (groups === 1) return tower(x, 0);
  return tf.concat4d(tf.split<tf.Tensor4D>(x, groups, 3).map(tower), 3);
}

/** [h, w, 1, channels · multiplier] lies in memory as the op's [h, w, channels, multiplier] does. */
function depthwise(
  { kernel, groups, filters, useBias }: Conv2D,
  x: tf.Tensor4D,
  weights: WeightTensors,
  options: Options,
): tf.Tensor4D {
  const shape: [number, number, number, number] = [...kernel, groups, filters / groups];
  const filter = tf.reshape<tf.Rank.R4>(weights('kernel')[0] as tf.Tensor, shape);
  const bias = useBias ? weights('bias')[0] : undefined;
  return tf.fused.depthwiseConv2d({ ...options, x, filter, ...withBias(bias) });
}

function withBias(bias: tf.Tensor | undefined): { bias?: tf.Tensor } {
  return bias ? { bias } : {};
}
