import type { Tensor } from '../../protocol/engineProtocol';

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
