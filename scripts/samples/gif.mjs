const maxColours = 256;
const maxCode = 4096;
const codeBits = 8;

/** A GIF of one frame from RGBA pixels of at most 256 colours (GIF89a, with LZW as its appendix F asks). */
export function encodeGif({ width, height, data }) {
  const { palette, indices } = paletteOf(data);
  const u16 = (value) => [value & 255, value >> 8];
  const table = palette.flatMap((rgb) => [rgb >> 16, (rgb >> 8) & 255, rgb & 255]);
  return Uint8Array.from([
    ...[...'GIF89a'].map((letter) => letter.charCodeAt(0)),
    ...[...u16(width), ...u16(height), 0xf7, 0, 0],
    ...[...table, ...Array(3 * maxColours - table.length).fill(0)],
    ...[0x2c, 0, 0, 0, 0, ...u16(width), ...u16(height), 0, codeBits],
    ...blocks(lzw(indices)),
    0x3b,
  ]);
}

function paletteOf(data) {
  const places = new Map();
  const indices = new Uint8Array(data.length / 4);
  for (let i = 0; i < indices.length; i++) {
    const rgb = (data[4 * i] << 16) | (data[4 * i + 1] << 8) | data[4 * i + 2];
    if (!places.has(rgb)) places.set(rgb, places.size);
    indices[i] = places.get(rgb);
  }
  if (places.size > maxColours) throw new Error(`${places.size} colours are too many for a GIF`);
  return { palette: [...places.keys()], indices };
}

function lzw(indices) {
  const clear = 1 << codeBits;
  const out = bitWriter();
  let codes = new Map();
  let next = clear + 2;
  let width = codeBits + 1;
  out.write(clear, width);
  let prefix = indices[0];
  for (const index of indices.subarray(1)) {
    const key = prefix * maxColours + index;
    const known = codes.get(key);
    if (known !== undefined) {
      prefix = known;
      continue;
    }
    out.write(prefix, width);
    if (next < maxCode) {
      if (next === 1 << width) width++;
      codes.set(key, next++);
    } else {
      out.write(clear, width);
      codes = new Map();
      next = clear + 2;
      width = codeBits + 1;
    }
    prefix = index;
  }
  out.write(prefix, width);
  out.write(clear + 1, width);
  return out.bytes();
}

/** Packs codes from the lowest bit on. */
function bitWriter() {
  const bytes = [];
  let pending = 0;
  let count = 0;
  return {
    write(code, width) {
      pending |= code << count;
      count += width;
      for (; count >= 8; count -= 8, pending >>>= 8) bytes.push(pending & 255);
    },
    bytes: () => (count > 0 ? [...bytes, pending & 255] : bytes),
  };
}

/** Sub-blocks of up to 255 bytes, each after its length, and an empty one at the end. */
function blocks(bytes) {
  const out = [];
  for (let at = 0; at < bytes.length; at += 255) {
    const block = bytes.slice(at, at + 255);
    out.push(block.length, ...block);
  }
  return [...out, 0];
}
