import type { Shape } from '../../../network/tensor/shape';
import { elementCount } from '../../../network/tensor/shape';
import type { FloatType } from '../../bytes/floatTypes';
import { floatBytes } from '../../bytes/floatTypes';
import { WeightsError } from '../../bytes/weightsError';
import { Hdf5Cursor } from './hdf5Cursor';
import type { Hdf5Message } from './hdf5Header';

/** Element type of a dataset or an attribute. */
export interface Hdf5Type {
  readonly kind: 'integer' | 'text' | 'texts' | 'opaque' | FloatType | 'other';
  /** Bytes of one element. */
  readonly size: number;
  readonly bigEndian: boolean;
}

/** The float types that can be read: bits, and place and size of exponent and fraction. */
const floats: Readonly<Record<string, FloatType>> = {
  '16 0 16 10 5 0 10': 'F16',
  '16 0 16 7 8 0 7': 'BF16',
  '32 0 32 23 8 0 23': 'F32',
  '64 0 64 52 11 0 52': 'F64',
};

export function parseType(cursor: Hdf5Cursor): Hdf5Type {
  const kind = cursor.u8() & 15;
  const flags = cursor.u8();
  const size = cursor.skip(2).u32();
  const type = { size, bigEndian: (flags & 1) !== 0 };
  switch (kind) {
    case 0:
      return { ...type, kind: 'integer' };
    case 1: {
      const [offset, precision] = [cursor.u16(), cursor.u16()];
      const bits = [cursor.u8(), cursor.u8(), cursor.u8(), cursor.u8()];
      return { ...type, kind: floats[[size * 8, offset, precision, ...bits].join(' ')] ?? 'other' };
    }
    case 3:
      return { ...type, kind: 'text', bigEndian: false };
    case 5:
      return { ...type, kind: 'opaque', bigEndian: false };
    case 9:
      // Variable length: text, or a list of another type.
      return { ...type, kind: (flags & 15) === 1 ? 'texts' : 'other', bigEndian: false };
    default:
      return { ...type, kind: 'other' };
  }
}

const maxRank = 32;

/** A dataset's shape now, and at most: `nowhere` along an axis without end. */
export interface Hdf5Extent {
  readonly shape: Shape;
  readonly most: Shape;
}

/** Reads a shape; undefined for a null dataspace, which has no elements. */
export function parseExtent(cursor: Hdf5Cursor): Hdf5Extent | undefined {
  const version = cursor.u8();
  const rank = cursor.u8();
  const flags = cursor.u8();
  const kind = cursor.u8();
  if (rank > maxRank) throw new WeightsError(`an HDF5 dataset has ${rank} axes`);
  if (version === 1) cursor.skip(4);
  else if (kind === 2) return undefined;
  const sizes = (): Shape => Array.from({ length: rank }, () => cursor.u64());
  const shape = sizes();
  return { shape, most: flags & 1 ? sizes() : shape };
}

export function bodyOf(messages: readonly Hdf5Message[], wanted: number, name: string): Hdf5Cursor {
  const message = messages.find(({ type }) => type === wanted);
  if (message) return new Hdf5Cursor(message.body);
  throw new WeightsError(`${name} is no dataset that can be read`);
}

export function checkSize(name: string, shape: Shape, type: FloatType, stored: number): number {
  const byteLength = elementCount(shape) * floatBytes[type];
  if (byteLength === stored) return byteLength;
  throw new WeightsError(
    `${name} has shape [${shape.join(', ')}], ${byteLength} bytes, but ${stored} are stored`,
  );
}
