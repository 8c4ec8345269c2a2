import type { Activation } from '../../../network/layers/activations';
import { NetworkError } from '../../../network/tensor/networkError';
import { type LayerConfig, objectIn } from './layerConfig';

/** Keras' names of activations, and older ones of theirs. */
const names: ReadonlyMap<string, Activation> = new Map<string, Activation>([
  ['linear', 'linear'],
  ['relu', 'relu'],
  ['relu6', 'relu6'],
  ['sigmoid', 'sigmoid'],
  ['tanh', 'tanh'],
  ['silu', 'silu'],
  ['swish', 'silu'],
  ['hard_sigmoid', 'hard_sigmoid'],
  ['hard_silu', 'hard_silu'],
  ['hard_swish', 'hard_silu'],
  ['elu', 'elu'],
  ['softplus', 'softplus'],
  ['softmax', 'softmax'],
]);

/** The activation of a layer's own; throws a NetworkError for one that is not known. */
export function activationOf(config: LayerConfig): Activation {
  const name = nameIn(config.raw('activation') ?? 'linear');
  const activation = names.get(name);
  if (activation !== undefined) return activation;
  throw new NetworkError(`${config.className} has the activation ${name}, which is not known here`);
}

/** `relu`, also where it is an object or registered as `package>relu`. */
function nameIn(value: unknown): string {
  if (typeof value === 'string') return value.slice(value.lastIndexOf('>') + 1);
  const object = objectIn(value);
  if (object) return object.className === 'function' ? nameIn(object.config) : object.className;
  return JSON.stringify(value).slice(0, 40);
}
