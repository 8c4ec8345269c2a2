import type { ModelDocument } from '../../../network/modelDocument';
import { layerNamed } from '../../../network/network';
import { isMapShape, type MapShape } from '../../../network/tensor/shape';

/** Shape of a network's only input, where that takes a picture: three channels, or its grey. */
export function pictureShape({ network }: Pick<ModelDocument, 'network'>): MapShape | undefined {
  const [only, ...others] = network.inputs;
  if (only === undefined || others.length > 0) return undefined;
  const { outputShape } = layerNamed(network, only);
  const isPicture = isMapShape(outputShape) && (outputShape[2] === 3 || outputShape[2] === 1);
  return isPicture ? outputShape : undefined;
}
