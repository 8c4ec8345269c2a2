import * as tfl from '@tensorflow/tfjs-layers';
import type { Activation } from '../../network/layers/activations';
import type { Layer, LayerOf, WeightName } from '../../network/layers/layer';
import { inputShapeOf } from '../../network/layers/layer';
import { windowAlong } from '../../network/layers/layerRules';
import type { Pair } from '../../network/tensor/window';
import type { NetworkWeights } from '../../files/networkWeights';
import { weightKey } from '../../files/networkWeights';
import { EngineError } from '../engineError';
import { ConstantPad2d } from './constantPad2d';
import { GroupedConv2d } from './groupedConv2d';
import { LocalResponseNormalization } from './localResponseNormalization';
import { presetInitializer } from './presetInitializer';

type TfLayer = tfl.layers.Layer;
type Initializer = ReturnType<typeof presetInitializer>;

/** The TensorFlow.js layers that together do what one layer of the network does, in the order they run. */
export function tfLayersFor(layer: Layer, weights: NetworkWeights): readonly TfLayer[] {
  const { name } = layer;
  switch (layer.kind) {
    case 'InputLayer':
      return [];
    case 'Conv2D':
      return [...padding(layer, 0), convolution(layer, weights)];
    case 'BatchNormalization':
      return [batchNormalization(layer, weights)];
    case 'LocalResponseNormalization':
      return [new LocalResponseNormalization(layer)];
    case 'MaxPooling2D': {
      const { pool, stride } = layer;
      const mode = layer.padding === 'same' ? 'same' : 'valid';
      const pooling = tfl.layers.maxPooling2d({
        poolSize: twoNumbers(pool),
        strides: twoNumbers(stride),
        padding: mode,
        name,
      });
      return [...padding(layer, -Infinity), pooling];
    }
    case 'AdaptiveAveragePooling2D': {
      const [height = 0, width = 0] = inputShapeOf(layer);
      const window: [number, number] = [height / layer.size[0], width / layer.size[1]];
      return [tfl.layers.averagePooling2d({ poolSize: window, strides: window, name })];
    }
    case 'Flatten':
      return [tfl.layers.flatten({ name })];
    case 'Dense':
      return dense(layer, weights);
    case 'Dropout':
      return [tfl.layers.dropout({ rate: layer.rate, name })];
    case 'Softmax':
      return [tfl.layers.softmax({ axis: -1, name })];
    case 'AveragePooling2D':
    case 'GlobalAveragePooling2D':
    case 'ZeroPadding2D':
    case 'Activation':
    case 'Merge':
    case 'Concatenate':
    case 'Unknown':
      throw new EngineError(`${name}: ${layer.kind} cannot run yet`);
  }
}

function twoNumbers([rows, columns]: Pair): [number, number] {
  return [rows, columns];
}

/** A padding layer where the numbers do not follow from 'same' or 'valid'. */
function padding(layer: LayerOf<'Conv2D' | 'MaxPooling2D'>, value: number): TfLayer[] {
  if (layer.padding === 'same') return [];
  const pads = (axis: 0 | 1): { before: number; after: number } => {
    const window = windowAlong(layer, inputShapeOf(layer)[axis] ?? 0, axis);
    return { before: window?.padBefore ?? 0, after: window?.padAfter ?? 0 };
  };
  const [height, width] = [pads(0), pads(1)];
  if (height.before + height.after + width.before + width.after === 0) return [];
  return [new ConstantPad2d({ height, width, value }, `${layer.name}_pad`)];
}

function convolution(layer: LayerOf<'Conv2D'>, weights: NetworkWeights): TfLayer {
  if (layer.groups > 1) {
    return new GroupedConv2d(
      layer,
      valuesOf(layer, 'kernel', weights),
      valuesOf(layer, 'bias', weights),
    );
  }
  return tfl.layers.conv2d({
    name: layer.name,
    filters: layer.filters,
    kernelSize: twoNumbers(layer.kernel),
    strides: twoNumbers(layer.stride),
    padding: layer.padding === 'same' ? 'same' : 'valid',
    ...activationOf(layer.activation),
    kernelInitializer: initializer(layer, 'kernel', weights),
    biasInitializer: initializer(layer, 'bias', weights),
  });
}

function batchNormalization(
  layer: LayerOf<'BatchNormalization'>,
  weights: NetworkWeights,
): TfLayer {
  return tfl.layers.batchNormalization({
    name: layer.name,
    epsilon: layer.epsilon,
    gammaInitializer: initializer(layer, 'gamma', weights),
    betaInitializer: initializer(layer, 'beta', weights),
    movingMeanInitializer: initializer(layer, 'moving_mean', weights),
    movingVarianceInitializer: initializer(layer, 'moving_variance', weights),
  });
}

/** Softmax is a layer of its own here, so that its input, the logits, can be read. */
function dense(layer: LayerOf<'Dense'>, weights: NetworkWeights): TfLayer[] {
  const product = tfl.layers.dense({
    name: layer.activation === 'softmax' ? `${layer.name}_logits` : layer.name,
    units: layer.units,
    ...activationOf(layer.activation),
    kernelInitializer: initializer(layer, 'kernel', weights),
    biasInitializer: initializer(layer, 'bias', weights),
  });
  if (layer.activation !== 'softmax') return [product];
  return [product, tfl.layers.softmax({ axis: -1, name: layer.name })];
}

function activationOf(activation: Activation): { activation?: 'relu' } {
  return activation === 'relu' ? { activation } : {};
}

function initializer(layer: Layer, name: WeightName, weights: NetworkWeights): Initializer {
  const spec = layer.weights.find((weight) => weight.name === name);
  return presetInitializer(valuesOf(layer, name, weights), spec?.shape ?? []);
}

function valuesOf(layer: Layer, name: WeightName, weights: NetworkWeights): Float32Array {
  const values = weights.get(weightKey(layer.name, name));
  if (values) return values;
  throw new EngineError(`${layer.name} has no ${name}`);
}
