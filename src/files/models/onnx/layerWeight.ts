import type { FoundTensor } from '../plans/modelWeights';
import type { LayerWeight } from './values/operation';

/** A layer's weight as a tensor of the file, in the network's shape. */
export function layerWeight({ constant, shape, placing, scale = 1 }: LayerWeight): FoundTensor {
  const { name, byteLength, fault } = constant;
  return {
    ...{ name, shape, byteLength },
    ...(placing && { placing }),
    ...(fault !== undefined && { fault }),
    pieces: () => (scale === 1 ? constant.pieces() : scaled(constant.pieces(), scale)),
  };
}

async function* scaled(
  pieces: AsyncIterable<Float32Array>,
  scale: number,
): AsyncGenerator<Float32Array> {
  for await (const piece of pieces) yield piece.map((value) => value * scale);
}
