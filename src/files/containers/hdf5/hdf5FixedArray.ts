import type { ChunkGrid, StoredChunk } from './hdf5ChunkGrid';
import { arrayElement } from './hdf5ChunkGrid';
import { nowhere } from './hdf5Cursor';
import type { Hdf5Reader } from './hdf5Reader';

const headerBytes = 28;
const prefixBytes = 14;
const checksumBytes = 4;

/**
 * Reads the index of a dataset whose size is bounded, up to the element `last`: an array of chunks, in pages where it is long.
 * Undefined in the result are chunks that were never written.
 */
export async function readFixedArray(
  reader: Hdf5Reader,
  address: number,
  grid: ChunkGrid,
  last: number,
): Promise<readonly (StoredChunk | undefined)[]> {
  const header = (await reader.at(address, headerBytes)).expect('FAHD').skip(2);
  const elementBytes = header.u8();
  const pageElements = 2 ** header.u8();
  const count = header.u64();
  const block = header.u64();
  if (block >= nowhere) return [];
  const isPaged = count > pageElements;
  const bitmapBytes = isPaged ? Math.ceil(Math.ceil(count / pageElements) / 8) : 0;
  const prefix = (await reader.at(block, prefixBytes + bitmapBytes)).expect('FADB').skip(10);
  const written = prefix.take(bitmapBytes);
  // Pages have checksums behind them, as the block has before the first.
  const first = block + prefixBytes + bitmapBytes + (isPaged ? checksumBytes : 0);
  const perPage = isPaged ? pageElements : count;
  const chunks: (StoredChunk | undefined)[] = [];
  for (let start = 0; start < count && start <= last; start += perPage) {
    const page = start / perPage;
    const isWritten = !isPaged || ((written[page >> 3] ?? 0) & (0x80 >> (page & 7))) !== 0;
    if (!isWritten) continue;
    const elements = Math.min(perPage, count - start);
    const at = first + page * (perPage * elementBytes + checksumBytes);
    const cursor = await reader.at(at, elements * elementBytes);
    for (let i = 0; i < elements; i++) chunks[start + i] = arrayElement(cursor, elementBytes, grid);
  }
  return chunks;
}
