import { avifBoxes, type Box } from './avifBoxes';
import { ByteReader, damaged } from '../byteReader';
import type { Orientation, StoredHeader } from '../picture';

/** EXIF orientations by anticlockwise quarter turns (irot) and mirror axis (imir), as in libavif. */
const orientations: Readonly<Record<string, Orientation>> = {
  '0 -': 1,
  '1 -': 8,
  '2 -': 3,
  '3 -': 6,
  '0 0': 4,
  '1 0': 5,
  '2 0': 2,
  '3 0': 7,
  '0 1': 2,
  '1 1': 7,
  '2 1': 4,
  '3 1': 5,
};

export function isAvif(bytes: Uint8Array): boolean {
  return brands(bytes).some((brand) => brand === 'avif' || brand === 'avis');
}

/** Brands listed in the file type box, also of a file that ends inside it; empty for other files. */
function brands(bytes: Uint8Array): readonly string[] {
  const text = Buffer.from(bytes.subarray(0, 256)).toString('latin1');
  if (text.slice(4, 8) !== 'ftyp') return [];
  const size = Buffer.from(bytes.subarray(0, 4)).readUInt32BE();
  const listed = text.slice(8, size);
  return listed.match(/[\s\S]{4}/g)?.filter((_, i) => i !== 1) ?? [];
}

/** Reads size and orientation of the primary item (ISO/IEC 23008-12, sections 6.5 and 9.3). */
export function readAvifHeader(bytes: Uint8Array): StoredHeader {
  const reader = new ByteReader(bytes, 'AVIF');
  const meta = findBox(reader, 0, reader.length, 'meta');
  const inside = (type: string): Box => findBox(reader, meta.at + 4, meta.end, type);
  const pitm = inside('pitm');
  const primary =
    reader.u8(pitm.at) === 0 ? reader.u16(pitm.at + 4, false) : reader.u32(pitm.at + 4, false);
  const iprp = inside('iprp');
  const ipco = findBox(reader, iprp.at, iprp.end, 'ipco');
  const properties = [...avifBoxes(reader, ipco.at, ipco.end)];
  const ipma = findBox(reader, iprp.at, iprp.end, 'ipma');
  const own = associations(reader, ipma, primary).map((index) => properties[index - 1]);
  const size = own.find((box) => box?.type === 'ispe');
  if (size === undefined) throw damaged('AVIF', 'its size is missing');
  checkMatrix(
    reader,
    own.find((box) => box?.type === 'colr'),
  );
  const irot = own.find((box) => box?.type === 'irot');
  const imir = own.find((box) => box?.type === 'imir');
  const turns = irot === undefined ? 0 : reader.u8(irot.at) & 3;
  const mirror = imir === undefined ? '-' : reader.u8(imir.at) & 1;
  return {
    width: reader.u32(size.at + 4, false),
    height: reader.u32(size.at + 8, false),
    orientation: orientations[`${turns} ${mirror}`] ?? 1,
  };
}

/** Matrices from YUV to RGB that H.273 has; codecs take another one for any other number. */
const lastMatrix = 17;
const reservedMatrix = 3;

function checkMatrix(reader: ByteReader, colr: Box | undefined): void {
  if (!colr || reader.ascii(colr.at, 4) !== 'nclx') return;
  const matrix = reader.u16(colr.at + 8, false);
  if (matrix > lastMatrix || matrix === reservedMatrix)
    throw damaged('AVIF', `its colours are by matrix ${matrix}, which there is not`);
}

/** The first box of a type between two offsets; throws a PictureError where there is none. */
export function findBox(reader: ByteReader, start: number, end: number, type: string): Box {
  for (const box of avifBoxes(reader, start, end)) if (box.type === type) return box;
  throw damaged('AVIF', `its ${type} box is missing`);
}

/** What an item refers to: one-based indices of boxes in ipco. */
interface ItemProperties {
  readonly id: number;
  readonly references: readonly { readonly index: number; readonly isEssential: boolean }[];
}

/** The properties of every item (ISO/IEC 23008-12, section 9.3). */
export function itemProperties(reader: ByteReader, ipma: Box): readonly ItemProperties[] {
  const wideItems = reader.u8(ipma.at) > 0;
  const wideIndices = (reader.u8(ipma.at + 3) & 1) === 1;
  const entries = reader.u32(ipma.at + 4, false);
  const items: ItemProperties[] = [];
  let at = ipma.at + 8;
  for (let entry = 0; entry < entries && at < ipma.end; entry++) {
    const id = wideItems ? reader.u32(at, false) : reader.u16(at, false);
    at += wideItems ? 4 : 2;
    const count = reader.u8(at++);
    const references = Array.from({ length: count }, (_, i) => {
      const value = wideIndices ? reader.u16(at + 2 * i, false) : reader.u8(at + i);
      const essential = wideIndices ? 0x8000 : 0x80;
      return { index: value & (essential - 1), isEssential: (value & essential) !== 0 };
    });
    items.push({ id, references });
    at += count * (wideIndices ? 2 : 1);
  }
  return items;
}

/** One-based indices of an item's properties in ipco. */
function associations(reader: ByteReader, ipma: Box, item: number): readonly number[] {
  const found = itemProperties(reader, ipma).find(({ id }) => id === item);
  if (found) return found.references.map(({ index }) => index);
  throw damaged('AVIF', 'its picture has no properties');
}
