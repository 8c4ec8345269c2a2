import type { Activation, PointwiseActivation } from '../../../network/layers/activations';
import { NetworkError } from '../../../network/tensor/networkError';
import { LayerConfig, objectIn } from './layerConfig';
import { fieldsOf } from '../../containers/smallJson';

/** Keras' names of activations, and older ones of theirs. */
const names: ReadonlyMap<string, Activation> = new Map<string, Activation>([
  ['linear', 'linear'],
  ['relu', 'relu'],
  ['relu6', 'relu6'],
  ['leaky_relu', { function: 'bent', slope: 0.2, threshold: 0 }],
  ['sigmoid', 'sigmoid'],
  ['tanh', 'tanh'],
  ['silu', 'silu'],
  ['swish', 'silu'],
  ['hard_sigmoid', 'hard_sigmoid'],
  ['hard_silu', 'hard_silu'],
  ['hard_swish', 'hard_silu'],
  ['hard_tanh', { function: 'clip', least: -1, most: 1 }],
  ['elu', 'elu'],
  ['selu', 'selu'],
  ['softplus', 'softplus'],
  ['softsign', 'softsign'],
  ['exponential', 'exponential'],
  ['exp', 'exponential'],
  ['mish', 'mish'],
  ['gelu', 'gelu'],
  ['softmax', 'softmax'],
]);

/** Until Keras 3 the line through (0, 0.5) was steeper. */
const olderHardSigmoid: Activation = { function: 'ramp', slope: 0.2, offset: 0.5 };

/** The activation of a layer's own; throws a NetworkError for one that is not known. */
export function activationOf(config: LayerConfig): Activation {
  const ofLayer = layerIn(config.raw('activation'), config.isKeras2);
  if (ofLayer !== undefined) return ofLayer;
  const name = nameIn(config.raw('activation') ?? 'linear');
  const activation = activationNamed(name, config.isKeras2);
  if (activation !== undefined) return activation;
  throw new NetworkError(`${config.className} has the activation ${name}, which is not known here`);
}

/** Layers that stand for an activation. */
const layers: ReadonlyMap<string, (config: LayerConfig) => PointwiseActivation> = new Map([
  ['ReLU', bentOf],
  ['LeakyReLU', leakyOf],
  ['ELU', eluOf],
]);

function layerIn(value: unknown, isKeras2: boolean): PointwiseActivation | undefined {
  const object = objectIn(value);
  const read = object && layers.get(object.className);
  return read?.(new LayerConfig(object?.className ?? '', fieldsOf(object?.config) ?? {}, isKeras2));
}

/** The activation of that name; undefined where there is none. */
export function activationNamed(name: string, isKeras2: boolean): Activation | undefined {
  return isKeras2 && name === 'hard_sigmoid' ? olderHardSigmoid : names.get(name);
}

/** `relu`, also where it is an object or registered as `package>relu`. */
function nameIn(value: unknown): string {
  if (typeof value === 'string') return value.slice(value.lastIndexOf('>') + 1);
  const object = objectIn(value);
  if (object) return object.className === 'function' ? nameIn(object.config) : object.className;
  return JSON.stringify(value).slice(0, 40);
}

/** Keras' ReLU: a slope below a threshold, and an end. */
export function bentOf(config: LayerConfig): PointwiseActivation {
  const slope = config.number('negative_slope', 0);
  const threshold = config.number('threshold', 0);
  const most = config.raw('max_value');
  if (slope === 0 && threshold === 0 && most === undefined) return 'relu';
  if (slope === 0 && threshold === 0 && most === 6) return 'relu6';
  const end = most === undefined ? {} : { most: config.number('max_value') };
  return { function: 'bent', slope, threshold, ...end };
}

export function leakyOf(config: LayerConfig): PointwiseActivation {
  // Keras 2 calls the slope alpha.
  const slope = config.number('negative_slope', config.number('alpha', 0.3));
  return { function: 'bent', slope, threshold: 0 };
}

export function eluOf(config: LayerConfig): PointwiseActivation {
  const alpha = config.number('alpha', 1);
  return alpha === 1 ? 'elu' : { function: 'elu', alpha };
}
