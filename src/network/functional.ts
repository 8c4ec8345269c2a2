import type { Activation, Layer, LayerSettings, Padding } from './layer';
import { NetworkError } from './networkError';
import type { Shape } from './shape';
import { outputShape } from './shapeRules';
import { weightSpecs } from './weightSpecs';

/** What a layer returns and the next layer takes: the symbolic tensor of Keras' functional API. */
export interface TensorHandle {
  readonly shape: Shape;
  readonly layer: Layer;
  readonly sources: readonly TensorHandle[];
}

/** A layer waiting for its input. */
export type LayerCall = (input: TensorHandle) => TensorHandle;

interface Named {
  readonly name: string;
}

/** A picture of this shape comes in: [height, width, channels]. */
export function input(shape: Shape, name = 'input'): TensorHandle {
  for (const size of shape) {
    if (!Number.isSafeInteger(size) || size < 1) {
      throw new NetworkError(
        `${name}: sizes must be whole numbers above 0, got ${shape.join(' x ')}`,
      );
    }
  }
  const layer = {
    kind: 'InputLayer',
    name,
    inputs: [],
    inputShape: shape,
    outputShape: shape,
    weights: [],
  } as const;
  return { shape, layer, sources: [] };
}

interface Conv2dOptions extends Named {
  readonly strides?: number;
  readonly padding?: Padding;
  readonly groups?: number;
  readonly activation?: Activation;
}

/** Convolution with square kernels, then its activation. Defaults are Keras'. */
export function conv2d(filters: number, kernel: number, options: Conv2dOptions): LayerCall {
  const {
    name,
    strides: stride = 1,
    padding = 'valid',
    groups = 1,
    activation = 'linear',
  } = options;
  return apply(name, { kind: 'Conv2D', filters, kernel, stride, padding, groups, activation });
}

/** Inference-time batch normalisation over the channels; epsilon is Keras' 1e-3. */
export function batchNormalization({ name }: Named): LayerCall {
  return apply(name, { kind: 'BatchNormalization', epsilon: 1e-3 });
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
  return apply(name, {
    kind: 'LocalResponseNormalization',
    depthRadius: (size - 1) / 2,
    bias: k,
    alpha,
    beta,
  });
}

interface PoolOptions extends Named {
  readonly strides: number;
  readonly padding?: Padding;
  readonly ceil?: boolean;
}

export function maxPool2d(pool: number, options: PoolOptions): LayerCall {
  const { name, strides: stride, padding = 'valid', ceil = false } = options;
  return apply(name, { kind: 'MaxPooling2D', pool, stride, padding, ceil });
}

/** PyTorch's AdaptiveAvgPool2d to size x size, for inputs that divide evenly. */
export function adaptiveAveragePool2d(size: number, { name }: Named): LayerCall {
  return apply(name, { kind: 'AdaptiveAveragePooling2D', size });
}

/** Row-major: height, then width, then channels. */
export function flatten({ name }: Named): LayerCall {
  return apply(name, { kind: 'Flatten' });
}

interface DenseOptions extends Named {
  readonly activation?: Activation;
}

export function dense(units: number, { name, activation = 'linear' }: DenseOptions): LayerCall {
  return apply(name, { kind: 'Dense', units, activation });
}

/** Does nothing at inference; kept because it is part of what the network is. */
export function dropout(rate: number, { name }: Named): LayerCall {
  if (!(rate >= 0 && rate < 1)) {
    throw new NetworkError(`${name}: rate must be from 0 to below 1, got ${rate}`);
  }
  return apply(name, { kind: 'Dropout', rate });
}

export function softmax({ name }: Named): LayerCall {
  return apply(name, { kind: 'Softmax' });
}

function apply(name: string, settings: LayerSettings): LayerCall {
  return (source) => {
    const inputShape = source.shape;
    const shape = outputShape(name, settings, inputShape);
    const layer: Layer = {
      ...settings,
      name,
      inputs: [source.layer.name],
      inputShape,
      outputShape: shape,
      weights: weightSpecs(settings, inputShape),
    };
    return { shape, layer, sources: [source] };
  };
}
