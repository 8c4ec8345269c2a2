import type { Activation, Layer, LayerSettings } from '../../network/layer';
import type { Network } from '../../network/network';

type Config = Readonly<Record<string, unknown>>;

/** The network as TensorFlow.js' loadLayersModel builds it; undefined where it has layers that Keras does not have. */
export function tfjsTopology(network: Network): Config | undefined {
  const layers: Config[] = [];
  for (const layer of network.layers) {
    const config = layerConfig(layer);
    if (!config) return undefined;
    const { name, kind, inputs } = layer;
    layers.push({
      name,
      class_name: kind,
      config: { name, trainable: true, ...config },
      inbound_nodes: inputs.length === 0 ? [] : [inputs.map((input) => [input, 0, 0, {}])],
    });
  }
  const config = {
    name: 'alexnet',
    layers,
    input_layers: [[network.input, 0, 0]],
    output_layers: [[network.output, 0, 0]],
  };
  return {
    class_name: 'Model',
    config,
    keras_version: 'tfjs-layers 4.22.0',
    backend: 'tensor_flow.js',
  };
}

function layerConfig(layer: Layer): Config | undefined {
  switch (layer.kind) {
    case 'InputLayer':
      return { batch_input_shape: [null, ...layer.outputShape], dtype: 'float32', sparse: false };
    case 'Conv2D': {
      const { filters, kernel, stride, padding, groups } = layer;
      if (typeof padding === 'number' || groups > 1) return undefined;
      return {
        filters,
        kernel_size: [kernel, kernel],
        strides: [stride, stride],
        padding,
        data_format: 'channels_last',
        ...activated(layer),
      };
    }
    case 'BatchNormalization':
      return { axis: -1, epsilon: layer.epsilon, center: true, scale: true };
    case 'MaxPooling2D': {
      const { pool, stride, padding, ceil } = layer;
      if (typeof padding === 'number' || ceil) return undefined;
      return {
        pool_size: [pool, pool],
        strides: [stride, stride],
        padding,
        data_format: 'channels_last',
      };
    }
    case 'Flatten':
      return {};
    case 'Dense':
      return { units: layer.units, ...activated(layer) };
    case 'Dropout':
      return { rate: layer.rate };
    case 'Softmax':
      return { axis: -1 };
    case 'LocalResponseNormalization':
    case 'AdaptiveAveragePooling2D':
      return undefined;
  }
}

function activated({ activation }: Extract<LayerSettings, { activation: Activation }>): Config {
  return { activation, use_bias: true };
}
