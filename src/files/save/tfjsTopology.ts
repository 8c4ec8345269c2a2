import type { Layer, LayerKind, LayerOf, MergeOperation } from '../../network/layers/layer';
import type { Activation } from '../../network/layers/activations';
import { kindTitle } from '../../network/layers/layerRules';
import type { Network } from '../../network/network';
import type { Padding } from '../../network/tensor/window';

type Config = Readonly<Record<string, unknown>>;

/** The topology for TensorFlow.js' loadLayersModel; undefined where TensorFlow.js has no such layers. */
export function tfjsTopology(network: Network): Config | undefined {
  const layers: Config[] = [];
  for (const layer of network.layers) {
    const config = layerConfig(layer);
    if (!config) return undefined;
    const { name, inputs } = layer;
    layers.push({
      name,
      class_name: kindTitle(layer),
      config: { name, trainable: true, ...config },
      inbound_nodes: inputs.length === 0 ? [] : [inputs.map((input) => [input, 0, 0, {}])],
    });
  }
  const config = {
    name: 'alexnet',
    layers,
    input_layers: network.inputs.map((name) => [name, 0, 0]),
    output_layers: network.outputs.map((name) => [name, 0, 0]),
  };
  return {
    class_name: 'Model',
    config,
    keras_version: 'tfjs-layers 4.22.0',
    backend: 'tensor_flow.js',
  };
}

function layerConfig(layer: Layer): Config | undefined {
  const config = configs[layer.kind] as ((layer: Layer) => Config | undefined) | undefined;
  return config?.(layer);
}

/** Configs by kind; undefined where TensorFlow.js has no such layer, or not with these settings. */
const configs: { readonly [K in LayerKind]?: (layer: LayerOf<K>) => Config | undefined } = {
  InputLayer: ({ shape }) => ({
    batch_input_shape: [null, ...shape],
    dtype: 'float32',
    sparse: false,
  }),
  Conv2D: ({ filters, kernel, stride, dilation, padding, groups, activation, useBias }) =>
    groups > 1 || !isKnown(activation)
      ? undefined
      : windowed(padding, {
          filters,
          kernel_size: kernel,
          strides: stride,
          ...(dilation.some((step) => step > 1) && { dilation_rate: dilation }),
          activation,
          use_bias: useBias,
        }),
  Dense: ({ units, activation, useBias }) =>
    isKnown(activation) ? { units, activation, use_bias: useBias } : undefined,
  BatchNormalization: ({ epsilon }) => ({ axis: -1, epsilon, center: true, scale: true }),
  MaxPooling2D: ({ pool, stride, padding, ceil }) =>
    ceil ? undefined : windowed(padding, { pool_size: pool, strides: stride }),
  AveragePooling2D: ({ pool, stride, padding, ceil, countPadding }) =>
    ceil || (countPadding && padding === 'same')
      ? undefined
      : windowed(padding, { pool_size: pool, strides: stride }),
  GlobalAveragePooling2D: ({ keepDims }) =>
    keepDims ? undefined : { data_format: 'channels_last' },
  ZeroPadding2D: ({ padding }) => ({ padding, data_format: 'channels_last' }),
  Activation: ({ activation }) => (isKnown(activation) ? { activation } : undefined),
  Merge: ({ operation }) => (mergeLayers.includes(operation) ? {} : undefined),
  Concatenate: () => ({ axis: -1 }),
  Flatten: ({ channelsFirst }) => (channelsFirst ? undefined : {}),
  Dropout: ({ rate }) => ({ rate }),
  Softmax: () => ({ axis: -1 }),
};

/** Classes of merges; TensorFlow.js has no Subtract. */
const mergeLayers: readonly MergeOperation[] = ['add', 'multiply', 'average', 'maximum', 'minimum'];

/** TensorFlow.js has no names for these, or means another function by them. */
const otherwise: readonly Activation[] = ['hard_sigmoid', 'hard_silu', 'exponential', 'silu'];

function isKnown(activation: Activation): boolean {
  return typeof activation === 'string' && !otherwise.includes(activation);
}

function windowed(padding: Padding, config: Config): Config | undefined {
  if (typeof padding !== 'string') return undefined;
  return { ...config, padding, data_format: 'channels_last' };
}
