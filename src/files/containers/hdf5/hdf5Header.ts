import { WeightsError } from '../../bytes/weightsError';
import { Hdf5Cursor } from './hdf5Cursor';
import type { Hdf5Reader } from './hdf5Reader';

/** Types of messages in an object's header, by HDF5's numbers. */
export const messageTypes = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  link: 0x06,
  externalFiles: 0x07,
  layout: 0x08,
  filters: 0x0b,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

export interface Hdf5Message {
  readonly type: number;
  /** Its bytes, as a view. */
  readonly body: Uint8Array<ArrayBuffer>;
}

const sharedFlag = 2;
const known: readonly number[] = Object.values(messageTypes);

/** Reads all messages of an object's header. */
export async function readHeader(
  reader: Hdf5Reader,
  address: number,
): Promise<readonly Hdf5Message[]> {
  const start = await reader.upTo(address, 32);
  const messages: Hdf5Message[] = [];
  // Version 1 begins with its number, version 2 with the signature OHDR.
  const version = start.u8();
  const blocks = [version === 1 ? oldBlock(start, address) : newBlock(start, address)];
  for (const block of blocks) {
    const cursor = await reader.at(block.address, block.length);
    if (block.continued) cursor.expect('OCHK');
    for (const message of parse(cursor, block)) {
      if (message.type === messageTypes.continuation) {
        const place = new Hdf5Cursor(message.body);
        const [next, length] = [place.u64(), place.u64()];
        blocks.push({ ...block, address: next, length, continued: block.format === 2 });
      } else messages.push(message);
    }
  }
  return messages;
}

/** A block of messages, and its version. */
interface Block {
  readonly address: number;
  readonly length: number;
  readonly format: 1 | 2;
  readonly continued: boolean;
  readonly orders: boolean;
}

function oldBlock(start: Hdf5Cursor, address: number): Block {
  const length = start.skip(7).u32();
  return { address: address + 16, length, format: 1, continued: false, orders: false };
}

function newBlock(start: Hdf5Cursor, address: number): Block {
  start.expect('HDR');
  const version = start.u8();
  if (version !== 2) throw new WeightsError(`HDF5's object header ${version} is not known here`);
  const flags = start.u8();
  const skipped = (flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0);
  const width = 1 << (flags & 3);
  const length = start.skip(skipped).uint(width);
  const orders = (flags & 4) !== 0;
  return { address: address + 6 + skipped + width, length, format: 2, continued: false, orders };
}

function* parse(cursor: Hdf5Cursor, { format, orders, continued }: Block): Generator<Hdf5Message> {
  const headBytes = format === 1 ? 8 : orders ? 6 : 4;
  // A continuation block of version 2 ends in a checksum; either may have a gap before the end.
  const tail = continued ? 4 : 0;
  while (cursor.left - tail >= headBytes) {
    const type = format === 1 ? cursor.u16() : cursor.u8();
    const length = cursor.u16();
    const flags = cursor.u8();
    cursor.skip(format === 1 ? 3 : orders ? 2 : 0);
    const body = cursor.take(length);
    if (!known.includes(type)) continue;
    if (flags & sharedFlag) {
      throw new WeightsError(
        'the HDF5 file shares descriptions between datasets, which Keras never does',
      );
    }
    yield { type, body };
  }
}
