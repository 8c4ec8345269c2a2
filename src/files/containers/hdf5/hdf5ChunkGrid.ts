import type { Shape } from '../../../network/tensor/shape';
import { nowhere, type Hdf5Cursor } from './hdf5Cursor';

/** A chunk as it lies in the file; filters whose bits are set in the mask were left out. */
export interface StoredChunk {
  readonly address: number;
  readonly byteLength: number;
  readonly mask: number;
}

/** The chunks of a dataset as a grid: how many along each axis now, and at most. */
export interface ChunkGrid {
  readonly counts: Shape;
  /** `nowhere` along an axis without end. */
  readonly most: Shape;
  readonly chunk: Shape;
  /** Bytes of a chunk before filters. */
  readonly chunkBytes: number;
  readonly isFiltered: boolean;
}

/** Reads an element of an array of chunks; undefined where the chunk was never written. */
export function arrayElement(
  cursor: Hdf5Cursor,
  elementBytes: number,
  { chunkBytes, isFiltered }: ChunkGrid,
): StoredChunk | undefined {
  const address = cursor.u64();
  const stored = isFiltered
    ? { address, byteLength: cursor.uint(elementBytes - 12), mask: cursor.u32() }
    : { address, byteLength: chunkBytes, mask: 0 };
  return address >= nowhere ? undefined : stored;
}

/** A chunk's number, the last axis running fastest. */
export function numberOf(place: readonly number[], counts: Shape): number {
  return place.reduce((number, at, axis) => number * (counts[axis] ?? 1) + at, 0);
}

/** The place of the chunk of this number. */
export function placeOf(number: number, counts: Shape): readonly number[] {
  let rest = number;
  const place = counts.map(() => 0);
  for (let axis = counts.length - 1; axis >= 0; axis--) {
    const count = counts[axis] ?? 1;
    place[axis] = rest % count;
    rest = Math.floor(rest / count);
  }
  return place;
}
