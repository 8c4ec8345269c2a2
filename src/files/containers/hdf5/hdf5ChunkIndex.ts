import type { Shape } from '../../../network/tensor/shape';
import { WeightsError } from '../../bytes/weightsError';
import type { ChunkGrid, StoredChunk } from './hdf5ChunkGrid';
import { numberOf, placeOf } from './hdf5ChunkGrid';
import { nowhere } from './hdf5Cursor';
import { readExtensibleArray } from './hdf5ExtensibleArray';
import { readFixedArray } from './hdf5FixedArray';
import { treeRecords } from './hdf5Tree';
import type { ChunkIndex } from './hdf5Layout';
import type { Hdf5Reader } from './hdf5Reader';

/** Told of a chunk and its place in the grid. */
export type TakeChunk = (place: readonly number[], stored: StoredChunk) => void;

/** Finds all chunks of a dataset, by whichever index it has. */
export async function eachChunk(
  reader: Hdf5Reader,
  index: ChunkIndex,
  grid: ChunkGrid,
  take: TakeChunk,
): Promise<void> {
  const { counts, most, chunkBytes } = grid;
  const { address } = index;
  if (address >= nowhere) return;
  const end = counts.map((count) => count - 1);
  switch (index.kind) {
    case 'single':
      take(
        counts.map(() => 0),
        { address, byteLength: index.byteLength ?? chunkBytes, mask: index.mask },
      );
      return;
    case 'implicit':
      eachPlace(counts, (place) => {
        const at = address + numberOf(place, most) * chunkBytes;
        take(place, { address: at, byteLength: chunkBytes, mask: 0 });
      });
      return;
    case 'old tree':
      await walkOldTree(reader, address, grid, take);
      return;
    case 'tree':
      await readTree(reader, address, grid, take);
      return;
    case 'fixed array': {
      const chunks = await readFixedArray(reader, address, grid, numberOf(end, most));
      takeNumbered(counts, take, (place) => chunks[numberOf(place, most)]);
      return;
    }
    case 'extensible array': {
      const last = numberInExtensible(end, most);
      const chunks = await readExtensibleArray(reader, address, grid, last);
      takeNumbered(counts, take, (place) => chunks[numberInExtensible(place, most)]);
    }
  }
}

function takeNumbered(
  counts: Shape,
  take: TakeChunk,
  find: (place: readonly number[]) => StoredChunk | undefined,
): void {
  eachPlace(counts, (place) => {
    const stored = find(place);
    if (stored) take(place, stored);
  });
}

/** The axis without end counts first, whichever it is. */
function numberInExtensible(place: readonly number[], most: Shape): number {
  const endless = Math.max(0, most.indexOf(nowhere));
  const turned = <T>(values: readonly T[]): readonly T[] => [
    ...values.slice(endless, endless + 1),
    ...values.slice(0, endless),
    ...values.slice(endless + 1),
  ];
  const [first = 0, ...others] = turned(place);
  const [, ...sizes] = turned(most);
  return others.reduce((number, at, axis) => number * (sizes[axis] ?? 1) + at, first);
}

function eachPlace(counts: Shape, take: (place: readonly number[]) => void): void {
  const total = counts.reduce((product, count) => product * count, 1);
  for (let number = 0; number < total; number++) take(placeOf(number, counts));
}

const nodeHeadBytes = 24;
const maxLevels = 12;

/** The index before HDF5 1.10: keys of a chunk's size, mask and first element, each before its child. */
async function walkOldTree(
  reader: Hdf5Reader,
  root: number,
  { chunk }: ChunkGrid,
  take: TakeChunk,
): Promise<void> {
  const keyBytes = 16 + 8 * chunk.length;
  const walk = async (address: number, below: number): Promise<void> => {
    const node = (await reader.at(address, nodeHeadBytes)).expect('TREE').skip(1);
    const depth = node.u8();
    if (depth >= below) throw new WeightsError('the chunks of the HDF5 file are damaged');
    const count = node.u16();
    const entries = await reader.at(address + nodeHeadBytes, (keyBytes + 8) * count);
    for (let i = 0; i < count; i++) {
      const [byteLength, mask] = [entries.u32(), entries.u32()];
      const first = chunk.map(() => entries.u64());
      // An element's own offset is always zero.
      const child = entries.skip(8).u64();
      if (depth > 0) await walk(child, depth);
      else take(placeIn(first, chunk), { address: child, byteLength, mask });
    }
  };
  await walk(root, maxLevels);
}

function placeIn(first: readonly number[], chunk: Shape): readonly number[] {
  return first.map((at, axis) => at / (chunk[axis] ?? 1));
}

/** The index of datasets with several axes without end. */
async function readTree(
  reader: Hdf5Reader,
  address: number,
  { chunk, chunkBytes, isFiltered }: ChunkGrid,
  take: TakeChunk,
): Promise<void> {
  for (const record of await treeRecords(reader, address)) {
    const at = record.u64();
    const sizeBytes = record.left - 4 - 8 * chunk.length;
    const stored = isFiltered
      ? { address: at, byteLength: record.uint(sizeBytes), mask: record.u32() }
      : { address: at, byteLength: chunkBytes, mask: 0 };
    take(
      chunk.map(() => record.u64()),
      stored,
    );
  }
}
