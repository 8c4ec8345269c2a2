import type { Network } from './network';
import { layerNamed } from './network';
import { NetworkError } from './networkError';
import type { MapShape } from './shape';
import { isMapShape } from './shape';
import type { Size } from './fitSizes';

/** [height, width, 3]: the tensor that a network takes. */
export function inputShape(network: Network): MapShape {
  const { outputShape } = layerNamed(network, network.input);
  if (isMapShape(outputShape)) return outputShape;
  throw new NetworkError(`the network takes no picture: its input is ${outputShape.join(' x ')}`);
}

/** The picture that a network takes, in pixels. */
export function inputSize(network: Network): Size {
  const [height, width] = inputShape(network);
  return { width, height };
}
