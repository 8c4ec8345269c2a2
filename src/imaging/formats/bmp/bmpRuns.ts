import { ByteReader, cutShort, damaged } from '../byteReader';

/** What a count of 0 is followed by; any other number is one of pixels one by one. */
const [endOfLine, endOfBitmap, delta] = [0, 1, 2];

/** Decodes run lengths to palette indices, [height, width], bottom row first; skipped pixels stay 0, as in Pillow. */
export function decodeBmpRuns(
  bytes: Uint8Array,
  start: number,
  width: number,
  height: number,
  bits: 4 | 8,
): Uint8Array {
  const reader = new ByteReader(bytes, 'BMP');
  const indices = new Uint8Array(width * height);
  let x = 0;
  let y = 0;
  const put = (index: number): void => {
    if (x < width && y < height) indices[y * width + x] = index;
    x++;
  };
  const nibble = (byte: number, i: number): number => (i % 2 === 0 ? byte >> 4 : byte & 15);

  let at = start;
  while (y < height) {
    const count = reader.u8(at);
    const value = reader.u8(at + 1);
    at += 2;
    if (count > 0) {
      for (let i = 0; i < count; i++) put(bits === 8 ? value : nibble(value, i));
    } else if (value === endOfLine) {
      if (x === 0) throw damaged('BMP', 'one of its rows is empty');
      x = 0;
      y++;
    } else if (value === endOfBitmap) {
      if (y === height - 1 && x >= width) return indices;
      throw cutShort('BMP');
    } else if (value === delta) {
      x += reader.u8(at);
      y += reader.u8(at + 1);
      at += 2;
    } else {
      const length = Math.ceil((value * bits) / 8);
      const literal = reader.slice(at, length);
      for (let i = 0; i < value; i++) {
        put(bits === 8 ? (literal[i] ?? 0) : nibble(literal[i >> 1] ?? 0, i));
      }
      // Literal runs are padded to 16 bits; Pillow pads to an even file offset, the same in valid files.
      at += length + (length & 1);
    }
    // A run may be longer than what is left of its row, and is cut; pixels one by one may not.
    if (count === 0 && x > width) throw damaged('BMP', `a row has more than its ${width} pixels`);
  }
  // Lines that were taken for empty ones would leave others behind.
  while (at + 2 <= reader.length && reader.u16(at, true) === endOfLine) at += 2;
  if (at + 2 <= reader.length && (reader.u8(at) > 0 || reader.u8(at + 1) !== endOfBitmap))
    throw damaged('BMP', `it has more than its ${height} rows`);
  return indices;
}
