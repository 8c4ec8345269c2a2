import type { Activation } from '../../../network/layers/activations';
import { NetworkError } from '../../../network/tensor/networkError';
import { type LayerConfig, objectIn } from './layerConfig';

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
  const name = nameIn(config.raw('activation') ?? 'linear');
  const activation = activationNamed(name, config.isKeras2);
  if (activation !== undefined) return activation;
  throw new NetworkError(`${config.className} has the activation ${name}, which is not known here`);
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
