import { WeightsError } from '../../bytes/weightsError';
import type { ChunkGrid, StoredChunk } from './hdf5ChunkGrid';
import { arrayElement } from './hdf5ChunkGrid';
import { nowhere, type Hdf5Cursor } from './hdf5Cursor';
import type { Hdf5Reader } from './hdf5Reader';

const headerBytes = 72;
/** Signature, version, client and the header's address, which all blocks begin with. */
const prefixBytes = 14;
const signatureBytes = 4;
const checksumBytes = 4;

/** What the header says. */
interface Form {
  readonly elementBytes: number;
  /** Bytes of an element's number. */
  readonly numberBytes: number;
  /** Elements in the index block itself, in the smallest data block, and in a page. */
  readonly inIndex: number;
  readonly smallest: number;
  readonly pageElements: number;
  /** Super blocks, and how many of them the index block is itself. */
  readonly supers: number;
  readonly directSupers: number;
  readonly index: number;
}

/** Data blocks of one length. */
interface SuperBlock {
  readonly blocks: number;
  readonly elements: number;
  readonly firstElement: number;
}

/**
 * Reads the index of a dataset that is endless along one axis, up to the element `last`: some elements in the index block,
 * the others in data blocks that grow, named there or in super blocks. Undefined are chunks that were never written.
 */
export async function readExtensibleArray(
  reader: Hdf5Reader,
  address: number,
  grid: ChunkGrid,
  last: number,
): Promise<readonly (StoredChunk | undefined)[]> {
  const form = await readForm(reader, address);
  const array = new ExtensibleArray(reader, form, grid, last);
  if (form.index < nowhere) await array.readIndex();
  return array.chunks;
}

async function readForm(reader: Hdf5Reader, address: number): Promise<Form> {
  const header = (await reader.at(address, headerBytes)).expect('EAHD').skip(2);
  const elementBytes = header.u8();
  const bits = header.u8();
  const inIndex = header.u8();
  const smallest = header.u8();
  const directSupers = 2 * Math.log2(header.u8());
  const pageElements = 2 ** header.u8();
  const supers = 1 + bits - Math.log2(smallest);
  if (
    ![directSupers, supers].every((count) => Number.isInteger(count) && count >= 0 && count <= 64)
  ) {
    throw new WeightsError('the chunks of the HDF5 file are damaged');
  }
  const index = header.skip(6 * 8).u64();
  const numberBytes = Math.ceil(bits / 8);
  return {
    elementBytes,
    numberBytes,
    inIndex,
    smallest,
    pageElements,
    supers,
    directSupers,
    index,
  };
}

/** Pairs of super blocks have data blocks of one number or one length, whichever does not double. */
function superBlocks({ smallest, supers, inIndex }: Form): readonly SuperBlock[] {
  let firstElement = inIndex;
  return Array.from({ length: supers }, (_, i) => {
    const blocks = 2 ** Math.floor(i / 2);
    const elements = 2 ** Math.floor((i + 1) / 2) * smallest;
    const found = { blocks, elements, firstElement };
    firstElement += blocks * elements;
    return found;
  });
}

class ExtensibleArray {
  readonly chunks: (StoredChunk | undefined)[] = [];

  constructor(
    private readonly reader: Hdf5Reader,
    private readonly form: Form,
    private readonly grid: ChunkGrid,
    private readonly last: number,
  ) {}

  async readIndex(): Promise<void> {
    const { index, inIndex, elementBytes, directSupers } = this.form;
    const supers = superBlocks(this.form);
    const [direct, behind] = [supers.slice(0, directSupers), supers.slice(directSupers)];
    const addresses = direct.reduce((sum, { blocks }) => sum + blocks, behind.length);
    const length = prefixBytes + inIndex * elementBytes + 8 * addresses;
    const cursor = (await this.reader.at(index, length)).expect('EAIB');
    cursor.skip(prefixBytes - signatureBytes);
    this.take(cursor, 0, inIndex);
    for (const one of direct) await this.readBlocks(one, cursor, new Uint8Array());
    for (const one of behind) await this.readSuper(one, cursor.u64());
  }

  private async readSuper(one: SuperBlock, address: number): Promise<void> {
    if (address >= nowhere || one.firstElement > this.last) return;
    const bitmapBytes = one.blocks * Math.ceil(this.pagesOf(one) / 8);
    const head = prefixBytes + this.form.numberBytes + bitmapBytes;
    const cursor = (await this.reader.at(address, head + 8 * one.blocks)).expect('EASB');
    cursor.skip(prefixBytes - signatureBytes + this.form.numberBytes);
    const written = cursor.take(bitmapBytes);
    await this.readBlocks(one, cursor, written);
  }

  /** Pages of a super block's data blocks; none where each is read whole. */
  private pagesOf({ elements }: SuperBlock): number {
    const { pageElements } = this.form;
    return elements > pageElements ? elements / pageElements : 0;
  }

  /** Reads data blocks at the next addresses; `written` has a bit for each of their pages. */
  private async readBlocks(
    one: SuperBlock,
    addresses: Hdf5Cursor,
    written: Uint8Array,
  ): Promise<void> {
    const pages = this.pagesOf(one);
    for (let i = 0; i < one.blocks; i++) {
      const address = addresses.u64();
      const first = one.firstElement + i * one.elements;
      if (address >= nowhere || first > this.last) continue;
      if (pages === 0) await this.readWhole(address, first, one.elements);
      for (let page = 0; page < pages; page++) {
        const bit = i * pages + page;
        if (((written[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0)
          await this.readPage(address, first, page);
      }
    }
  }

  private async readWhole(address: number, first: number, count: number): Promise<void> {
    const head = prefixBytes + this.form.numberBytes;
    const cursor = await this.reader.at(address, head + count * this.form.elementBytes);
    this.take(cursor.expect('EADB').skip(head - signatureBytes), first, count);
  }

  private async readPage(address: number, first: number, page: number): Promise<void> {
    const { pageElements, elementBytes, numberBytes } = this.form;
    const start = first + page * pageElements;
    if (start > this.last) return;
    const pageBytes = pageElements * elementBytes;
    const head = prefixBytes + numberBytes + checksumBytes;
    const at = address + head + page * (pageBytes + checksumBytes);
    this.take(await this.reader.at(at, pageBytes), start, pageElements);
  }

  private take(cursor: Hdf5Cursor, first: number, count: number): void {
    for (let i = 0; i < count; i++) {
      this.chunks[first + i] = arrayElement(cursor, this.form.elementBytes, this.grid);
    }
  }
}
