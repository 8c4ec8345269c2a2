import { WeightsError } from '../../bytes/weightsError';
import { Hdf5Cursor, hdf5Text } from './hdf5Cursor';
import { heapObjects } from './hdf5Heap';
import type { Hdf5Message } from './hdf5Header';
import { messageTypes } from './hdf5Header';
import type { Hdf5Reader } from './hdf5Reader';

/** A group's member: the address of its header, or a link to a path of this file or to another file. */
export type Hdf5Link =
  | { readonly address: number }
  | { readonly path: string }
  | { readonly file: string };

type Links = Map<string, Hdf5Link>;

/** Reads the members of a group, stored in either of HDF5's two ways; undefined where it is no group. */
export async function readLinks(
  reader: Hdf5Reader,
  messages: readonly Hdf5Message[],
): Promise<ReadonlyMap<string, Hdf5Link> | undefined> {
  const links: Links = new Map();
  let group = false;
  for (const { type, body } of messages) {
    const cursor = new Hdf5Cursor(body);
    if (type === messageTypes.link) addLink(links, cursor);
    if (type === messageTypes.symbolTable) {
      const tree = cursor.u64();
      await addTable(reader, links, tree, cursor.u64());
    }
    if (type === messageTypes.linkInfo) {
      const flags = cursor.skip(1).u8();
      if (flags & 1) cursor.skip(8);
      const [heap, names] = [cursor.u64(), cursor.u64()];
      for (const link of await heapObjects(reader, heap, names)) addLink(links, link);
    }
    group ||= type === messageTypes.symbolTable || type === messageTypes.linkInfo;
  }
  return group ? links : undefined;
}

function addLink(links: Links, cursor: Hdf5Cursor): void {
  const flags = cursor.skip(1).u8();
  const kind = flags & 8 ? cursor.u8() : 0;
  if (flags & 4) cursor.skip(8);
  if (flags & 16) cursor.skip(1);
  const name = new TextDecoder().decode(cursor.take(cursor.uint(1 << (flags & 3))));
  links.set(name, kind === 0 ? { address: cursor.u64() } : target(kind, cursor));
}

function target(kind: number, cursor: Hdf5Cursor): Hdf5Link {
  const value = cursor.take(cursor.u16());
  // Of an external link, flags come before the file's name.
  return kind === 1 ? { path: hdf5Text(value) } : { file: hdf5Text(value.subarray(1)) };
}

/** Bound of the B-tree's depth; a node has up to 32 children. */
const maxLevels = 12;
const nodeHeadBytes = 24;
const symbolBytes = 40;
const softLink = 2;

/** Reads old groups: a B-tree of symbol tables whose names are in a local heap. */
async function addTable(
  reader: Hdf5Reader,
  links: Links,
  tree: number,
  heap: number,
): Promise<void> {
  const segment = (await reader.at(heap, 32)).expect('HEAP').skip(4);
  const length = segment.u64();
  const names = (await reader.at(segment.skip(8).u64(), length)).take(length);
  const walk = async (address: number, below: number): Promise<void> => {
    const node = (await reader.at(address, nodeHeadBytes)).expect('TREE').skip(1);
    const depth = node.u8();
    if (depth >= below) throw new WeightsError('a group of the HDF5 file is damaged');
    const count = node.u16();
    const children = await reader.at(address + nodeHeadBytes, 16 * count);
    for (let i = 0; i < count; i++) {
      const child = children.skip(8).u64();
      if (depth > 0) await walk(child, depth);
      else await addSymbols(reader, links, child, names);
    }
  };
  await walk(tree, maxLevels);
}

async function addSymbols(
  reader: Hdf5Reader,
  links: Links,
  address: number,
  names: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const count = (await reader.at(address, 8)).expect('SNOD').skip(2).u16();
  const table = await reader.at(address + 8, count * symbolBytes);
  for (let i = 0; i < count; i++) {
    const name = hdf5Text(names.subarray(table.u64()));
    const header = table.u64();
    const kind = table.u32();
    const value = table.skip(4).u32();
    table.skip(12);
    links.set(
      name,
      kind === softLink ? { path: hdf5Text(names.subarray(value)) } : { address: header },
    );
  }
}
