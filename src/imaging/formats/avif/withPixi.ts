import { ByteReader } from '../byteReader';
import { findBox, itemProperties } from './avifHeader';
import { avifBoxes, type Box } from './avifBoxes';

/**
 * Adds the pixel information (ISO/IEC 23008-12, 6.5.6) that libheif before 1.12 left out and the decoder insists on; the
 * same bytes where nothing is missing. It follows from each item's av1C. Written as a new meta box behind all else, the
 * old one made free, so that the places of pixels stay.
 */
export function withPixi(bytes: Uint8Array): Uint8Array {
  const reader = new ByteReader(bytes, 'AVIF');
  const meta = findBox(reader, 0, reader.length, 'meta');
  const iprp = findBox(reader, meta.at + versionAndFlags, meta.end, 'iprp');
  const ipco = findBox(reader, iprp.at, iprp.end, 'ipco');
  const ipma = findBox(reader, iprp.at, iprp.end, 'ipma');
  const properties = [...avifBoxes(reader, ipco.at, ipco.end)];
  const added: Uint8Array[] = [];
  const items = itemProperties(reader, ipma).map(({ id, references }) => {
    const own = references.map(({ index }) => properties[index - 1]);
    const config = own.find((box) => box?.type === 'av1C');
    if (!config || own.some((box) => box?.type === 'pixi')) return { id, references };
    added.push(pixiBox(reader, config));
    const index = properties.length + added.length;
    return { id, references: [...references, { index, isEssential: false }] };
  });
  if (added.length === 0) return bytes;
  const inside = (box: Box): Uint8Array => reader.slice(box.at, box.end - box.at);
  const newIprp = box('iprp', [
    box('ipco', [inside(ipco), ...added]),
    box('ipma', [ipmaContent(items)]),
  ]);
  const others = [...avifBoxes(reader, meta.at + versionAndFlags, meta.end)]
    .filter(({ type }) => type !== 'iprp')
    .map((each) => box(each.type, [inside(each)]));
  const freed = Uint8Array.from(bytes);
  freed.set(Buffer.from('free'), meta.at - 4);
  return Buffer.concat([
    freed,
    box('meta', [reader.slice(meta.at, versionAndFlags), ...others, newIprp]),
  ]);
}

const versionAndFlags = 4;

/** Bits of each channel, as av1C tells them: of brightness and two of colour, or of brightness alone. */
function pixiBox(reader: ByteReader, config: Box): Uint8Array {
  const flags = reader.u8(config.at + 2);
  const isHigh = (flags & 0x40) !== 0;
  const bits = isHigh ? ((flags & 0x20) !== 0 ? 12 : 10) : 8;
  const channels = (flags & 0x10) !== 0 ? 1 : 3;
  return box('pixi', [
    Uint8Array.of(0, 0, 0, 0, channels, ...Array.from({ length: channels }, () => bits)),
  ]);
}

/** In its widest form (ISO/IEC 23008-12, 9.3): version 1, indices of 15 bits. */
function ipmaContent(items: ReturnType<typeof itemProperties>): Uint8Array {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(0x01000001, 0);
  head.writeUInt32BE(items.length, 4);
  const entries = items.map(({ id, references }) => {
    const entry = Buffer.alloc(5 + 2 * references.length);
    entry.writeUInt32BE(id, 0);
    entry.writeUInt8(references.length, 4);
    references.forEach(({ index, isEssential }, at) =>
      entry.writeUInt16BE((isEssential ? 0x8000 : 0) | index, 5 + 2 * at),
    );
    return entry;
  });
  return Buffer.concat([head, ...entries]);
}

function box(type: string, content: readonly Uint8Array[]): Uint8Array {
  const head = Buffer.alloc(8);
  head.write(type, 4, 'latin1');
  head.writeUInt32BE(8 + content.reduce((sum, { length }) => sum + length, 0), 0);
  return Buffer.concat([head, ...content]);
}
