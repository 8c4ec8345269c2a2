import type { Tensor } from '../../protocol/engineProtocol';
import { isMapShape } from '../../network/tensor/shape';

/** NumPy wants the numbers to begin at a multiple of this. */
const alignment = 64;
const prefixBytes = 10;
const version1 = [1, 0];
const magic = [0x93, ...Buffer.from('NUMPY')];

/** A tensor as an .npy file of version 1.0: little-endian float32 in C order. */
export function npyFile({ shape, data }: Tensor): Uint8Array {
  const header = paddedHeader(shape);
  const start = prefixBytes + header.length;
  const bytes = new Uint8Array(start + data.length * data.BYTES_PER_ELEMENT);
  const view = new DataView(bytes.buffer);
  bytes.set([...magic, ...version1]);
  view.setUint16(magic.length + version1.length, header.length, true);
  bytes.set(Buffer.from(header, 'latin1'), prefixBytes);
  data.forEach((value, index) =>
    view.setFloat32(start + index * data.BYTES_PER_ELEMENT, value, true),
  );
  return bytes;
}

/** The dict as Python prints it, then spaces and a line's end. */
function paddedHeader(shape: readonly number[]): string {
  const tuple = shape.length === 1 ? `(${shape.join('')},)` : `(${shape.join(', ')})`;
  const dict = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  const unpadded = prefixBytes + dict.length + 1;
  const padding = (alignment - (unpadded % alignment)) % alignment;
  return `${dict}${' '.repeat(padding)}\n`;
}

/** As many digits as tell every float32 from its neighbours. */
const digits = 9;

/** A tensor as JSON, row-major, after what is to be known of it; what JSON has no number for (NaN, infinities) is null. */
export function tensorJson({ shape, data }: Tensor, about: object = {}): string {
  const values = Array.from(data, (value) =>
    Number.isFinite(value) ? Number(value.toPrecision(digits)) : null,
  );
  return `${JSON.stringify({ ...about, shape, data: values })}\n`;
}

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
