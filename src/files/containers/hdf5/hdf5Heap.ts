import { WeightsError } from '../../bytes/weightsError';
import { nowhere, type Hdf5Cursor } from './hdf5Cursor';
import type { Hdf5Reader } from './hdf5Reader';
import { treeRecords } from './hdf5Tree';

/** Sentence for heaps of more than two levels; a model's group of some hundred members has one. */
const tooMany = 'a group of the HDF5 file has more members than a model: save the weights alone';

/** Reads the objects of a fractal heap that a version 2 B-tree lists; none where there is no heap. */
export async function heapObjects(
  reader: Hdf5Reader,
  heap: number,
  tree: number,
): Promise<readonly Hdf5Cursor[]> {
  if (heap >= nowhere) return [];
  const read = await openHeap(reader, heap);
  const objects: Hdf5Cursor[] = [];
  for (const record of await treeRecords(reader, tree)) objects.push(await read(record.skip(4)));
  return objects;
}

/** Returns a reader of a heap's objects by id; its blocks double in size from row to row of an own address space. */
async function openHeap(
  reader: Hdf5Reader,
  address: number,
): Promise<(id: Hdf5Cursor) => Promise<Hdf5Cursor>> {
  const head = (await reader.at(address, 142)).expect('FRHP').skip(1);
  const idBytes = head.u16();
  const filters = head.u16();
  if (filters > 0) throw new WeightsError('a group of the HDF5 file is compressed');
  // Skips statistics and the places of huge objects and free space, which are not needed to find an object.
  head.skip(101);
  const width = head.u16();
  const first = head.u64();
  const largest = head.u64();
  const offsetBytes = Math.ceil(head.u16() / 8);
  const root = head.skip(2).u64();
  const rows = head.u16();
  const blocks: { readonly start: number; readonly size: number; readonly address: number }[] = [];
  if (rows === 0) blocks.push({ start: 0, size: first, address: root });
  else {
    const entries = await reader.at(root, 13 + offsetBytes + rows * width * 8);
    entries.expect('FHIB').skip(9 + offsetBytes);
    let start = 0;
    for (let i = 0; i < rows * width; i++) {
      const size = first * 2 ** Math.max(0, Math.floor(i / width) - 1);
      if (size > largest) throw new WeightsError(tooMany);
      blocks.push({ start, size, address: entries.u64() });
      start += size;
    }
  }
  return (id) => {
    // The upper bits mark huge and tiny objects, which are stored elsewhere; links are neither.
    const kind = id.u8() >> 4;
    const offset = id.uint(offsetBytes);
    const length = id.uint(idBytes - 1 - offsetBytes);
    const block = blocks.find(
      ({ start, size }) => offset >= start && offset + length <= start + size,
    );
    if (kind !== 0 || !block) throw new WeightsError('a group of the HDF5 file is damaged');
    return reader.at(block.address + offset - block.start, length);
  };
}
