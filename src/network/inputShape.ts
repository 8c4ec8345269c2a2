import type { Network } from './network';
import { inputName, layerNamed } from './network';
import { NetworkError } from './tensor/networkError';
import type { MapShape } from './tensor/shape';
import { isMapShape } from './tensor/shape';
import type { Size } from './preprocess/fitSizes';

/** Shape of a network's first input, [height, width, channels]; throws a NetworkError where it is no map. */
export function inputShape(network: Network): MapShape {
  const { outputShape } = layerNamed(network, inputName(network));
  if (isMapShape(outputShape)) return outputShape;
  throw new NetworkError(`the network takes no picture: its input is ${outputShape.join(' x ')}`);
}

/** Size of a network's first input in pixels; throws a NetworkError where it is no map. */
export function inputSize(network: Network): Size {
  const [height, width] = inputShape(network);
  return { width, height };
}
