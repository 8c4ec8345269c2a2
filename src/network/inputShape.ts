import type { Network } from './network';
import { inputName, layerNamed } from './network';
import { NetworkError } from './tensor/networkError';
import type { MapShape } from './tensor/shape';
import { isMapShape } from './tensor/shape';
import type { Size } from './preprocess/fitSizes';

/** [height, width, 3]: the tensor that a network takes. */
export function inputShape(network: Network): MapShape {
  const { outputShape } = layerNamed(network, inputName(network));
  if (isMapShape(outputShape)) return outputShape;
  throw new NetworkError(`the network takes no picture: its input is ${outputShape.join(' x ')}`);
}

/** The picture that a network takes, in pixels. */
export function inputSize(network: Network): Size {
  const [height, width] = inputShape(network);
  return { width, height };
}
