import type { Network } from '../../../network/network';
import type { Size } from '../../../network/preprocess/fitSizes';
import { isMapShape } from '../../../network/tensor/shape';

/** The size of the pictures that a network takes; undefined where it takes none, or nobody knows. */
export function pictureSize({ inputs: [input], layers }: Network): Size | undefined {
  const shape = layers.find(({ name }) => name === input)?.outputShape;
  if (!shape || !isMapShape(shape)) return undefined;
  const [height, width] = shape;
  return { height, width };
}
