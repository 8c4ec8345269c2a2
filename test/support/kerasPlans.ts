import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { LayerPlan } from '../../src/network/assemble';
import { assemble } from '../../src/network/assemble';
import type { PointwiseActivation } from '../../src/network/layers/activations';
import type { LayerSettings } from '../../src/network/layers/layer';
import type { Network } from '../../src/network/network';
import type { Shape } from '../../src/network/tensor/shape';
import type { Pads, Pair } from '../../src/network/tensor/window';

/** What Keras computed of one layer: its output's shape without the batch, and its parameters. */
export interface KerasLayer {
  readonly name: string;
  readonly kind: string;
  readonly shape: Shape;
  readonly parameters: number;
}

export interface KerasModel {
  readonly network: Network;
  readonly layers: readonly KerasLayer[];
  readonly parameters: number;
}

interface LayerConfig {
  readonly class_name: string;
  readonly name: string;
  readonly config: Config;
  readonly inbound_nodes: readonly { readonly args: readonly unknown[] }[];
}

/** What a layer's class keeps of its settings; a class has those of them that its mapping reads. */
interface Config {
  readonly batch_shape: readonly (number | null)[];
  readonly filters: number;
  readonly kernel_size: Pair;
  readonly pool_size: Pair;
  readonly strides: Pair;
  readonly dilation_rate: Pair;
  readonly groups: number;
  readonly depth_multiplier: number;
  readonly padding: 'valid' | 'same';
  readonly use_bias: boolean;
  readonly activation: PointwiseActivation | 'softmax';
  readonly max_value: number | null;
  readonly units: number;
  readonly epsilon: number;
  readonly rate: number;
  readonly keepdims: boolean;
  readonly scale: number;
  readonly offset: number;
}

type Mapping = (config: Config, channels: number) => LayerSettings;

const convolution = (config: Config) => ({
  kind: 'Conv2D' as const,
  kernel: config.kernel_size,
  stride: config.strides,
  dilation: config.dilation_rate,
  padding: config.padding,
  useBias: config.use_bias,
  activation: config.activation,
});

const pooling = (config: Config) => ({
  pool: config.pool_size,
  stride: config.strides,
  padding: config.padding,
  ceil: false,
});

/** By Keras' class names; a class that is missing here is an unknown operation. */
const mappings: Readonly<Record<string, Mapping>> = {
  InputLayer: ({ batch_shape }) => ({
    kind: 'InputLayer',
    shape: batch_shape.slice(1).map((size) => size ?? 0),
  }),
  Conv2D: (config) => ({
    ...convolution(config),
    filters: config.filters,
    groups: config.groups,
  }),
  DepthwiseConv2D: (config, channels) => ({
    ...convolution(config),
    filters: channels * config.depth_multiplier,
    groups: channels,
  }),
  Dense: ({ units, use_bias, activation }) => ({
    kind: 'Dense',
    units,
    useBias: use_bias,
    activation,
  }),
  BatchNormalization: ({ epsilon }) => ({ kind: 'BatchNormalization', epsilon }),
  Activation: ({ activation }) =>
    activation === 'softmax' ? { kind: 'Softmax' } : { kind: 'Activation', activation },
  ReLU: ({ max_value }) => ({
    kind: 'Activation',
    activation: max_value === 6 ? 'relu6' : 'relu',
  }),
  MaxPooling2D: (config) => ({ kind: 'MaxPooling2D', ...pooling(config) }),
  AveragePooling2D: (config) => ({
    kind: 'AveragePooling2D',
    ...pooling(config),
    countPadding: false,
  }),
  GlobalAveragePooling2D: ({ keepdims }) => ({
    kind: 'GlobalAveragePooling2D',
    keepDims: keepdims,
  }),
  ZeroPadding2D: ({ padding }) => ({
    kind: 'ZeroPadding2D',
    padding: padding as unknown as Pads,
  }),
  Add: () => ({ kind: 'Merge', operation: 'add' }),
  Multiply: () => ({ kind: 'Merge', operation: 'multiply' }),
  Maximum: () => ({ kind: 'Merge', operation: 'maximum' }),
  Concatenate: () => ({ kind: 'Concatenate' }),
  Flatten: () => ({ kind: 'Flatten' }),
  Dropout: ({ rate }) => ({ kind: 'Dropout', rate }),
  Rescaling: ({ scale, offset }) => ({ kind: 'Rescaling', scale, offset }),
  // It changes no shape.
  Normalization: () => ({ kind: 'Activation', activation: 'linear' }),
};

/** A model of test/fixtures/models, as far as its layers have kinds here. */
export function kerasModel(name: string): KerasModel {
  const folder = resolve('test/fixtures/models');
  const packed = readFileSync(resolve(folder, `${name}.config.json.br`));
  const { config } = JSON.parse(brotliDecompressSync(packed).toString()) as {
    readonly config: {
      readonly layers: readonly LayerConfig[];
      readonly input_layers: unknown;
      readonly output_layers: unknown;
    };
  };
  const stated = JSON.parse(readFileSync(resolve(folder, `${name}.json`), 'utf8')) as {
    readonly totals: { readonly parameters: number };
    readonly layers: readonly (readonly [string, string, Shape, number])[];
  };
  const layers = stated.layers.map(([name, kind, shape, parameters]) => ({
    name,
    kind,
    shape,
    parameters,
  }));
  const shapes = new Map(layers.map(({ name, shape }) => [name, shape]));
  const plans = config.layers.map((layer) => planOf(layer, shapes));
  const ends = {
    inputs: layerNames(config.input_layers),
    outputs: layerNames(config.output_layers),
  };
  const network = assemble(keepMapsOfGates(plans, config.layers), ends);
  return { network, layers, parameters: stated.totals.parameters };
}

function planOf(layer: LayerConfig, shapes: ReadonlyMap<string, Shape>): LayerPlan {
  const { name, class_name, config, inbound_nodes } = layer;
  const inputs = tensorsIn(inbound_nodes[0]?.args ?? []);
  const channels = shapes.get(inputs[0] ?? '')?.at(-1) ?? 0;
  const settings = mappings[class_name]?.(config, channels);
  return { name, inputs, settings: settings ?? { kind: 'Unknown', operation: class_name } };
}

/** Names of the layers whose outputs stand in a call's arguments, in order. */
function tensorsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(tensorsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { config } = value as { readonly config?: { readonly keras_history?: readonly unknown[] } };
  return config?.keras_history ? [String(config.keras_history[0])] : [];
}

/** [name, 0, 0], or a list of such. */
function layerNames(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return typeof value[0] === 'string' ? [value[0]] : value.flatMap(layerNames);
}

/** Keras' gates pool a map to [channels] and make it [1, 1, channels] again: here the pool keeps it a map. */
function keepMapsOfGates(
  plans: readonly LayerPlan[],
  layers: readonly LayerConfig[],
): readonly LayerPlan[] {
  const pools = new Set(
    plans.flatMap(({ name, settings }) =>
      settings.kind === 'GlobalAveragePooling2D' ? [name] : [],
    ),
  );
  const gates = new Map(
    plans.flatMap(({ name, inputs: [source = ''] }, at) =>
      layers[at]?.class_name === 'Reshape' && pools.has(source) ? [[source, name]] : [],
    ),
  );
  const reshapes = new Set(gates.values());
  return plans.map((plan): LayerPlan => {
    if (gates.has(plan.name)) {
      return { ...plan, settings: { kind: 'GlobalAveragePooling2D', keepDims: true } };
    }
    if (reshapes.has(plan.name)) {
      return { ...plan, settings: { kind: 'Activation', activation: 'linear' } };
    }
    return plan;
  });
}
