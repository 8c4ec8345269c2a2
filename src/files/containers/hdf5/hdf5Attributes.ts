import { elementCount } from '../../../network/tensor/shape';
import { WeightsError } from '../../bytes/weightsError';
import { Hdf5Cursor, hdf5Text, nowhere } from './hdf5Cursor';
import { parseExtent, parseType } from './hdf5Dataset';
import type { Hdf5Message } from './hdf5Header';
import { messageTypes } from './hdf5Header';
import type { Hdf5Reader } from './hdf5Reader';

/** An attribute's name, and a function that reads its texts. */
export interface Hdf5Attribute {
  readonly name: string;
  /** `most` bounds their bytes, a mebibyte where it is left out. */
  texts(most?: number): Promise<readonly string[]>;
}

/** Bound of an attribute's texts; Keras splits those above 64 KiB. */
const maxTextBytes = 2 ** 20;

/** Reads the attributes in an object's header; HDF5 keeps up to eight there. */
export function readAttributes(
  reader: Hdf5Reader,
  messages: readonly Hdf5Message[],
): readonly Hdf5Attribute[] {
  return messages.flatMap(({ type, body }) => {
    if (type === messageTypes.attributeInfo) refuseDense(new Hdf5Cursor(body));
    return type === messageTypes.attribute ? parseAttribute(reader, new Hdf5Cursor(body)) : [];
  });
}

function refuseDense(cursor: Hdf5Cursor): void {
  const flags = cursor.skip(1).u8();
  if (cursor.skip(flags & 1 ? 2 : 0).u64() >= nowhere) return;
  throw new WeightsError(
    'a group has more attributes than Keras writes: save the weights with Keras',
  );
}

function parseAttribute(reader: Hdf5Reader, cursor: Hdf5Cursor): Hdf5Attribute {
  const version = cursor.u8();
  const flags = cursor.u8();
  const lengths = [cursor.u16(), cursor.u16(), cursor.u16()];
  if (version === 3) cursor.skip(1);
  const [name, type, space] = lengths.map((length) => {
    const part = cursor.take(length);
    // Version 1 pads each part to 8 bytes.
    if (version === 1) cursor.skip(-length & 7);
    return part;
  });
  const text = hdf5Text(name ?? new Uint8Array());
  return {
    name: text,
    texts(most = maxTextBytes) {
      if (version > 3 || (version > 1 && flags !== 0) || !type || !space) {
        throw new WeightsError(`the attribute ${text} is described elsewhere, as Keras never does`);
      }
      return readTexts(
        reader,
        text,
        [type, space].map((part) => new Hdf5Cursor(part)),
        { values: cursor, most },
      );
    },
  };
}

async function readTexts(
  reader: Hdf5Reader,
  name: string,
  [type, space]: readonly Hdf5Cursor[],
  { values, most }: { readonly values: Hdf5Cursor; readonly most: number },
): Promise<readonly string[]> {
  const extent = space && parseExtent(space);
  const count = extent ? elementCount(extent.shape) : 0;
  // An empty list of names has no element type.
  if (count === 0 || !type) return [];
  const { kind, size } = parseType(type);
  if ((kind !== 'text' && kind !== 'texts') || count * size > values.left) {
    throw new WeightsError(`the attribute ${name} is no list of names`);
  }
  const texts: string[] = [];
  let bytes = 0;
  for (let i = 0; i < count; i++) {
    const value = values.take(size);
    const text = kind === 'text' ? value : await readHeapText(reader, new Hdf5Cursor(value));
    bytes += text.length;
    if (bytes > most) throw new WeightsError(`the attribute ${name} is too long for names`);
    texts.push(hdf5Text(text));
  }
  return texts;
}

/** Reads a text of variable length from its global heap collection, by index. */
async function readHeapText(
  reader: Hdf5Reader,
  place: Hdf5Cursor,
): Promise<Uint8Array<ArrayBuffer>> {
  const length = place.u32();
  const collection = place.u64();
  const wanted = place.u32();
  if (length === 0) return new Uint8Array();
  const head = (await reader.at(collection, 16)).expect('GCOL').skip(4);
  const end = collection + head.u64();
  for (let at = collection + 16; at + 16 <= end;) {
    const object = await reader.at(at, 16);
    const index = object.u16();
    const size = object.skip(6).u64();
    // Index 0 is the free space at the end.
    if (index === 0) break;
    if (index === wanted)
      return (await reader.at(at + 16, Math.min(size, length))).take(Math.min(size, length));
    at += 16 + Math.ceil(size / 8) * 8;
  }
  throw new WeightsError('a text of the HDF5 file is missing: it is damaged or cut short');
}
