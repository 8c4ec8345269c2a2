import * as tf from '@tensorflow/tfjs-core';
import type { Layer } from '../../network/layers/layer';

/** Channels whose values are 0, by layer. */
export type OffChannels = ReadonlyMap<string, readonly number[]>;

/** A layer's values with 0 in the channels that are off; the same array where none is. */
export function withoutOff(
  off: OffChannels,
  { name, outputShape }: Pick<Layer, 'name' | 'outputShape'>,
  values: Float32Array,
): Float32Array {
  const channels = off.get(name);
  if (!channels) return values;
  const left = values.slice();
  const count = outputShape.at(-1) ?? 0;
  for (const channel of channels)
    for (let at = channel; at < left.length; at += count) left[at] = 0;
  return left;
}

/** The same of a tensor, [n, ...], or of a signal that comes back to one; the tensor itself where none is off. */
export function maskOff(off: OffChannels | undefined, name: string, tensor: tf.Tensor): tf.Tensor {
  const channels = off?.get(name);
  if (!channels) return tensor;
  return tf.tidy(() => {
    const mask = new Float32Array(tensor.shape.at(-1) ?? 0).fill(1);
    for (const channel of channels) mask[channel] = 0;
    return tf.mul(tensor, mask);
  });
}
