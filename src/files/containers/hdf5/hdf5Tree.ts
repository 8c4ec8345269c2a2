import { WeightsError } from '../../bytes/weightsError';
import { Hdf5Cursor } from './hdf5Cursor';
import type { Hdf5Reader } from './hdf5Reader';

const headerBytes = 38;
/** Signature, version, type and checksum of a node. */
const nodeFrameBytes = 10;
const addressBytes = 8;
/** Bound of levels; three hold millions of records. */
const maxDepth = 6;

/** What the nodes of a level hold at most, and how wide the counts of records in it and below are. */
interface Level {
  readonly most: number;
  readonly mostBelow: number;
  readonly belowBytes: number;
}

/** Reads all records of a version 2 B-tree, each as its own cursor. */
export async function treeRecords(
  reader: Hdf5Reader,
  address: number,
): Promise<readonly Hdf5Cursor[]> {
  const head = (await reader.at(address, headerBytes)).expect('BTHD').skip(2);
  const nodeBytes = head.u32();
  const recordBytes = head.u16();
  const depth = head.u16();
  const root = head.skip(2).u64();
  const rootCount = head.u16();
  if (depth > maxDepth || recordBytes === 0 || nodeBytes <= nodeFrameBytes) {
    throw new WeightsError('a tree of the HDF5 file is damaged: save the file again');
  }
  const levels = levelsOf(nodeBytes, recordBytes, depth);
  const countBytes = bytesFor(levels[0]?.most ?? 0);
  const records: Hdf5Cursor[] = [];
  const readNode = async (at: number, count: number, level: number): Promise<void> => {
    const node = (await reader.at(at, nodeBytes)).expect(level === 0 ? 'BTLF' : 'BTIN').skip(2);
    for (let i = 0; i < count; i++) records.push(new Hdf5Cursor(node.take(recordBytes)));
    if (level === 0) return;
    for (let i = 0; i <= count; i++) {
      const child = node.u64();
      const inside = node.uint(countBytes);
      // Of all below a child there is a count too, where it has children itself.
      node.skip(levels[level - 1]?.belowBytes ?? 0);
      await readNode(child, inside, level - 1);
    }
  };
  if (rootCount > 0) await readNode(root, rootCount, depth);
  return records;
}

function levelsOf(nodeBytes: number, recordBytes: number, depth: number): readonly Level[] {
  const leaf = Math.floor((nodeBytes - nodeFrameBytes) / recordBytes);
  const levels: Level[] = [{ most: leaf, mostBelow: leaf, belowBytes: 0 }];
  for (let level = 1; level <= depth; level++) {
    const below = levels[level - 1] ?? { most: leaf, mostBelow: leaf, belowBytes: 0 };
    const pointerBytes = addressBytes + bytesFor(leaf) + below.belowBytes;
    const most = Math.floor(
      (nodeBytes - nodeFrameBytes - pointerBytes) / (recordBytes + pointerBytes),
    );
    const mostBelow = (most + 1) * below.mostBelow + most;
    levels.push({ most, mostBelow, belowBytes: bytesFor(mostBelow) });
  }
  return levels;
}

/** The fewest bytes that hold a count. */
function bytesFor(count: number): number {
  return Math.floor(Math.log2(Math.max(1, count)) / 8) + 1;
}
