import { ByteReader, cutShort } from '../byteReader';

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

  for (let at = start; y < height;) {
    const count = reader.u8(at);
    const value = reader.u8(at + 1);
    at += 2;
    if (count > 0) {
      for (let i = 0; i < count; i++) put(bits === 8 ? value : nibble(value, i));
    } else if (value === 0) {
      x = 0;
      y++;
    } else if (value === 1) {
      return indices;
    } else if (value === 2) {
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
  }
  if (y < height) throw cutShort('BMP');
  return indices;
}
