import { isMapShape } from '../../network/tensor/shape';
import type { Tensor } from '../../protocol/engineProtocol';

/** One channel of a layer's output as [h, w]. */
export function channelTensor({ shape, data }: Tensor, channel: number): Tensor {
  if (!isMapShape(shape)) throw new Error(`a layer of ${data.length} units has no maps`);
  const [rows, columns, channels] = shape;
  if (!Number.isSafeInteger(channel) || channel < 0 || channel >= channels) {
    throw new Error(`there is no channel ${channel}; the layer has ${channels}, counted from 0`);
  }
  return {
    shape: [rows, columns],
    data: Float32Array.from(
      { length: rows * columns },
      (_, cell) => data[cell * channels + channel] ?? NaN,
    ),
  };
}
