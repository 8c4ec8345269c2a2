import type { LayerPlan } from './assemble';
import { applyLayer } from './assemble';
import type { Activation, PointwiseActivation } from './layers/activations';
import type { Layer, LayerSettings, MergeOperation } from './layers/layer';
import type { Network } from './network';
import { NetworkError } from './tensor/networkError';
import type { Shape } from './tensor/shape';
import type { Padding, Pair } from './tensor/window';

/** A layer's symbolic output, as in Keras' functional API. */
export interface TensorHandle {
  readonly shape: Shape;
  readonly layer: Layer;
  readonly sources: readonly TensorHandle[];
}

/** One handle, or several. */
type Handles = TensorHandle | readonly TensorHandle[];

/** A layer that is still to be applied; throws a NetworkError where it does not fit the input. */
export type LayerCall = (input: TensorHandle) => TensorHandle;

/** The same for layers of several inputs. */
export type MergeCall = (...inputs: readonly TensorHandle[]) => TensorHandle;

interface Named {
  readonly name: string;
}

/** One size for height and width, or one for each. */
type Size = number | Pair;

/** Keras' words, one number of zeros for all sides, or [[top, bottom], [left, right]]. */
type PaddingOption = number | Padding;

/** The input of a network, [height, width, channels]. */
export function input(shape: Shape, name = 'input'): TensorHandle {
  return handle({ name, settings: { kind: 'InputLayer', shape }, inputs: [] }, []);
}

interface Conv2dOptions extends Named {
  readonly strides?: Size;
  readonly padding?: PaddingOption;
  readonly dilation?: Size;
  readonly groups?: number;
  readonly useBias?: boolean;
  readonly activation?: Activation;
}

/** Convolution, bias and activation on [height, width, channels]; defaults are Keras' Conv2D's. */
export function conv2d(filters: number, kernel: Size, options: Conv2dOptions): LayerCall {
  const { name, strides = 1, padding = 'valid', dilation = 1, groups = 1 } = options;
  const { useBias = true, activation = 'linear' } = options;
  return apply(name, {
    kind: 'Conv2D',
    filters,
    kernel: pair(kernel),
    stride: pair(strides),
    dilation: pair(dilation),
    padding: pads(padding),
    groups,
    useBias,
    activation,
  });
}

interface DepthwiseOptions extends Omit<Conv2dOptions, 'groups'> {
  /** Filters for each channel. */
  readonly multiplier?: number;
}

/** Depthwise convolution: `multiplier` filters for each channel, as a convolution with a group for each channel. */
export function depthwiseConv2d(
  kernel: Size,
  { multiplier = 1, ...options }: DepthwiseOptions,
): LayerCall {
  return (source) => {
    const groups = source.shape.at(-1) ?? 0;
    return conv2d(groups * multiplier, kernel, { ...options, groups })(source);
  };
}

/** Inference-time batch normalisation over the channels; epsilon is Keras' 1e-3 where it is left out. */
export function batchNormalization({
  name,
  epsilon = 1e-3,
}: Named & { readonly epsilon?: number }): LayerCall {
  return apply(name, { kind: 'BatchNormalization', epsilon, scale: true, center: true });
}

interface LrnOptions extends Named {
  /** How many channels share one norm (n in the paper, section 3.3); odd. */
  readonly size: number;
  readonly k: number;
  /** Per element, as the paper prints it; Caffe and PyTorch divide theirs by the size. */
  readonly alpha: number;
  readonly beta: number;
}

/** Local response normalisation across channels (paper, section 3.3). */
export function lrn({ name, size, k, alpha, beta }: LrnOptions): LayerCall {
  if (!Number.isSafeInteger(size) || size < 1 || size % 2 === 0) {
    throw new NetworkError(`${name}: size must be an odd whole number, got ${size}`);
  }
  const depthRadius = (size - 1) / 2;
  return apply(name, { kind: 'LocalResponseNormalization', depthRadius, bias: k, alpha, beta });
}

interface PoolOptions extends Named {
  readonly strides: Size;
  readonly padding?: PaddingOption;
  readonly ceil?: boolean;
}

export function maxPool2d(pool: Size, options: PoolOptions): LayerCall {
  return apply(options.name, { kind: 'MaxPooling2D', ...pooling(pool, options) });
}

/** Mean of each window; zeros of the padding count only with `countPadding`. */
export function averagePool2d(
  pool: Size,
  { countPadding = false, ...options }: PoolOptions & { readonly countPadding?: boolean },
): LayerCall {
  const settings = pooling(pool, options);
  return apply(options.name, { kind: 'AveragePooling2D', ...settings, countPadding });
}

/** PyTorch's AdaptiveAvgPool2d, for inputs that divide evenly. */
export function adaptiveAveragePool2d(size: Size, { name }: Named): LayerCall {
  return apply(name, { kind: 'AdaptiveAveragePooling2D', size: pair(size) });
}

export function globalAveragePool2d({
  name,
  keepDims = false,
}: Named & { readonly keepDims?: boolean }): LayerCall {
  return apply(name, { kind: 'GlobalAveragePooling2D', keepDims });
}

export function zeroPadding2d(padding: Exclude<PaddingOption, string>, { name }: Named): LayerCall {
  return apply(name, { kind: 'ZeroPadding2D', padding: evenPads(padding) });
}

export function activation(function_: PointwiseActivation, { name }: Named): LayerCall {
  return apply(name, { kind: 'Activation', activation: function_ });
}

/** Every value times `scale`, plus `offset`. */
export function rescaling(
  scale: number,
  { name, offset = 0 }: Named & { readonly offset?: number },
): LayerCall {
  return apply(name, { kind: 'Rescaling', scale, offset });
}

/** Merges several inputs value by value; axes of 1 are repeated. */
export function merge(operation: MergeOperation, { name }: Named): MergeCall {
  return applyAll(name, { kind: 'Merge', operation });
}

/** Concatenates the channels of several inputs. */
export function concatenate({ name }: Named): MergeCall {
  return applyAll(name, { kind: 'Concatenate' });
}

/** Flattens a map to a list, row-major: height, then width, then channels. */
export function flatten({ name }: Named): LayerCall {
  return apply(name, { kind: 'Flatten' });
}

interface DenseOptions extends Named {
  readonly useBias?: boolean;
  readonly activation?: Activation;
}

export function dense(
  units: number,
  { name, useBias = true, activation = 'linear' }: DenseOptions,
): LayerCall {
  return apply(name, { kind: 'Dense', units, useBias, activation });
}

/** Does nothing at inference; kept as part of the network. `rate` is from 0 to below 1. */
export function dropout(rate: number, { name }: Named): LayerCall {
  if (!(rate >= 0 && rate < 1)) {
    throw new NetworkError(`${name}: rate must be from 0 to below 1, got ${rate}`);
  }
  return apply(name, { kind: 'Dropout', rate });
}

export function softmax({ name }: Named): LayerCall {
  return apply(name, { kind: 'Softmax' });
}

/**
 * Collects the layers between inputs and outputs, as Keras' Model(inputs, outputs) does. Throws a NetworkError where
 * two layers have one name, an input is not reached, or an input is reached that is not listed.
 */
export function model(inputs: Handles, outputs: Handles): Network {
  const [starts, ends] = [[inputs].flat(), [outputs].flat()];
  const layers = layersBefore(ends);
  const reached = new Set(layers);
  for (const { layer } of starts) {
    if (reached.has(layer)) continue;
    const names = ends.map((end) => end.layer.name).join(', ');
    throw new NetworkError(`${names} does not depend on ${layer.name}`);
  }
  const listed = new Set(starts.map(({ layer }) => layer));
  const missing = layers.find((layer) => layer.kind === 'InputLayer' && !listed.has(layer));
  if (missing) throw new NetworkError(`${missing.name} is not among the inputs of the model`);
  return {
    inputs: starts.map(({ layer }) => layer.name),
    outputs: ends.map(({ layer }) => layer.name),
    layers,
    unresolved: [],
  };
}

/** These handles' layers and all that they depend on, each after its inputs; depth-first without recursion. */
function layersBefore(ends: readonly TensorHandle[]): readonly Layer[] {
  const reached = new Map<string, Layer>();
  const isReached = ({ layer }: TensorHandle): boolean => reached.get(layer.name) === layer;
  const path = [...ends].reverse();
  for (let handle = path.at(-1); handle; handle = path.at(-1)) {
    const pending = handle.sources.filter((source) => !isReached(source));
    if (pending.length > 0 && !reached.has(handle.layer.name)) {
      path.push(...pending.reverse());
      continue;
    }
    path.pop();
    if (isReached(handle)) continue;
    const { layer } = handle;
    if (reached.has(layer.name)) throw new NetworkError(`two layers are named ${layer.name}`);
    reached.set(layer.name, layer);
  }
  return [...reached.values()];
}

/** A layer of any kind by its settings, for those that have no function of their own here. */
export function layer(settings: LayerSettings, { name }: Named): MergeCall {
  return applyAll(name, settings);
}

function apply(name: string, settings: LayerSettings): LayerCall {
  return (source) => applyAll(name, settings)(source);
}

function applyAll(name: string, settings: LayerSettings): MergeCall {
  return (...sources) =>
    handle({ name, settings, inputs: sources.map(({ layer }) => layer.name) }, sources);
}

function handle(plan: LayerPlan, sources: readonly TensorHandle[]): TensorHandle {
  const layer = applyLayer(
    plan,
    sources.map((source) => source.layer),
  );
  return { shape: layer.outputShape, layer, sources };
}

function pooling(pool: Size, { strides, padding = 'valid', ceil = false }: PoolOptions) {
  return { pool: pair(pool), stride: pair(strides), padding: pads(padding), ceil };
}

function pair(size: Size): Pair {
  return typeof size === 'number' ? [size, size] : size;
}

function pads(padding: PaddingOption): Padding {
  return typeof padding === 'string' ? padding : evenPads(padding);
}

function evenPads(padding: Exclude<PaddingOption, string>): Exclude<Padding, string> {
  if (typeof padding !== 'number') return padding;
  return [
    [padding, padding],
    [padding, padding],
  ];
}
