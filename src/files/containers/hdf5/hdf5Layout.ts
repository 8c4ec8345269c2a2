import type { Shape } from '../../../network/tensor/shape';
import { WeightsError } from '../../bytes/weightsError';
import type { Hdf5Cursor } from './hdf5Cursor';
import { nowhere } from './hdf5Cursor';
import { bodyOf } from './hdf5Dataset';
import type { Hdf5Message } from './hdf5Header';
import { messageTypes } from './hdf5Header';

/** Where a dataset's values are: in one piece, in its description, or in chunks that an index finds. */
export type Hdf5Layout =
  | { readonly kind: 'piece'; readonly offset: number; readonly byteLength: number }
  | { readonly kind: 'described'; readonly bytes: Uint8Array<ArrayBuffer> }
  | Hdf5ChunkLayout;

export interface Hdf5ChunkLayout {
  readonly kind: 'chunks';
  /** A chunk's shape. */
  readonly chunk: Shape;
  readonly elementBytes: number;
  readonly index: ChunkIndex;
  /** Chunks that reach beyond the dataset are stored without filters. */
  readonly plainEdges: boolean;
}

/** How chunks are found, with what the layout says of it. */
export type ChunkIndex = { readonly address: number } & (
  | { readonly kind: 'old tree' | 'implicit' | 'fixed array' | 'extensible array' | 'tree' }
  /** `byteLength` where it is filtered. */
  | { readonly kind: 'single'; readonly byteLength?: number; readonly mask: number }
);

const otherLayouts = [
  'in its description',
  'in one piece',
  'in chunks',
  'as a view of other datasets',
];
const maxRank = 32;

/** Reads how a dataset is stored; throws a WeightsError for what lies in other files or datasets. */
export function parseLayout(messages: readonly Hdf5Message[], name: string): Hdf5Layout {
  if (messages.some(({ type }) => type === messageTypes.externalFiles)) {
    throw new WeightsError(`${name} lies in another file: save the file with its own weights`);
  }
  const cursor = bodyOf(messages, messageTypes.layout, name);
  const version = cursor.u8();
  const kind = cursor.u8();
  // Version 5, of HDF5 2, differs in widths that the indexes say themselves.
  if (version >= 3 && version <= 5) {
    if (kind === 0) return { kind: 'described', bytes: cursor.take(cursor.u16()) };
    if (kind === 1) return piece(name, cursor);
    if (kind === 2) return version === 3 ? oldChunks(name, cursor) : newChunks(name, cursor);
  }
  const how = otherLayouts[version < 3 ? -1 : kind] ?? `by HDF5's layout ${version}`;
  throw new WeightsError(
    `${name} is stored ${how}, which is not read: save it with its own values`,
  );
}

function piece(name: string, cursor: Hdf5Cursor): Hdf5Layout {
  const [offset, byteLength] = [cursor.u64(), cursor.u64()];
  if (offset >= nowhere && byteLength > 0) throw neverWritten(name);
  return { kind: 'piece', offset, byteLength };
}

export function neverWritten(name: string): WeightsError {
  return new WeightsError(`${name} was never written`);
}

function oldChunks(name: string, cursor: Hdf5Cursor): Hdf5ChunkLayout {
  const rank = cursor.u8();
  const address = cursor.u64();
  const sizes = chunkSizes(name, rank, () => cursor.u32());
  return { kind: 'chunks', ...sizes, index: { kind: 'old tree', address }, plainEdges: false };
}

/** The last size is an element's. */
function chunkSizes(
  name: string,
  rank: number,
  next: () => number,
): { readonly chunk: Shape; readonly elementBytes: number } {
  if (rank < 2 || rank > maxRank + 1)
    throw new WeightsError(`${name} has chunks of ${rank - 1} axes`);
  const sizes = Array.from({ length: rank }, next);
  const [elementBytes = 0] = sizes.splice(-1);
  if (sizes.some((size) => size === 0)) {
    throw new WeightsError(`${name} has chunks of [${sizes.join(', ')}]`);
  }
  return { chunk: sizes, elementBytes };
}

const plainEdgesFlag = 1;
const filteredFlag = 2;
/** Bytes of an array's settings, which its own header repeats. */
const fixedArrayBytes = 1;
const extensibleArrayBytes = 5;
const treeBytes = 6;

function newChunks(name: string, cursor: Hdf5Cursor): Hdf5ChunkLayout {
  const flags = cursor.u8();
  const rank = cursor.u8();
  const width = cursor.u8();
  const sizes = chunkSizes(name, rank, () => cursor.uint(width));
  const plainEdges = (flags & plainEdgesFlag) !== 0;
  return { kind: 'chunks', ...sizes, index: newIndex(name, flags, cursor), plainEdges };
}

function newIndex(name: string, flags: number, cursor: Hdf5Cursor): ChunkIndex {
  const type = cursor.u8();
  switch (type) {
    case 1: {
      const stored =
        flags & filteredFlag ? { byteLength: cursor.u64(), mask: cursor.u32() } : { mask: 0 };
      return { kind: 'single', ...stored, address: cursor.u64() };
    }
    case 2:
      return { kind: 'implicit', address: cursor.u64() };
    case 3:
      return { kind: 'fixed array', address: cursor.skip(fixedArrayBytes).u64() };
    case 4:
      return { kind: 'extensible array', address: cursor.skip(extensibleArrayBytes).u64() };
    case 5:
      return { kind: 'tree', address: cursor.skip(treeBytes).u64() };
    default:
      throw new WeightsError(`${name} has chunks by HDF5's index ${type}, which is not known here`);
  }
}
