import { damaged } from './byteReader';

/** GIF packs codes from the lowest bit; TIFF from the highest, and it widens codes one code earlier. */
export type LzwDialect = 'gif' | 'tiff';

const tableSize = 4096;
const maxCodeBits = 12;

/** Decodes into `output` (GIF89a appendix F, TIFF 6.0 section 13); returns how many bytes the data yielded. */
export function decodeLzw(
  data: Uint8Array,
  literalBits: number,
  output: Uint8Array,
  dialect: LzwDialect,
): number {
  const clear = 1 << literalBits;
  const end = clear + 1;
  const early = dialect === 'tiff' ? 1 : 0;
  const nextCode = codeReader(data, dialect);
  const prefix = new Uint16Array(tableSize);
  const suffix = new Uint8Array(tableSize);
  const first = new Uint8Array(tableSize);
  const length = new Uint16Array(tableSize);
  for (let i = 0; i < clear; i++) {
    suffix[i] = first[i] = i;
    length[i] = 1;
  }
  let bits = literalBits + 1;
  let next = end + 1;
  let previous = -1;
  let written = 0;
  // TIFF's data has to begin with one.
  let isCleared = dialect === 'gif';

  /** Each table entry links to its prefix, so a string is written from its last byte. */
  const write = (code: number): void => {
    const size = length[code] ?? 0;
    for (let at = written + size - 1, link = code; at >= written; at--) {
      if (at < output.length) output[at] = suffix[link] ?? 0;
      link = prefix[link] ?? 0;
    }
    written = Math.min(written + size, output.length);
  };

  while (written < output.length) {
    const code = nextCode(bits);
    if (code < 0 || code === end) break;
    if (code === clear) {
      bits = literalBits + 1;
      next = end + 1;
      previous = -1;
      isCleared = true;
      continue;
    }
    if (!isCleared || code > next || (code === next && (previous < 0 || next === tableSize))) {
      throw damaged(dialect.toUpperCase(), 'its compressed data has an impossible code');
    }
    if (previous >= 0 && next < tableSize) {
      prefix[next] = previous;
      first[next] = first[previous] ?? 0;
      suffix[next] = first[code === next ? previous : code] ?? 0;
      length[next] = (length[previous] ?? 0) + 1;
      next++;
      if (next + early === 1 << bits && bits < maxCodeBits) bits++;
    }
    write(code);
    previous = code;
  }
  return written;
}

/** Returns a function that reads the next code of `bits` bits; -1 at the end of the data. */
function codeReader(data: Uint8Array, dialect: LzwDialect): (bits: number) => number {
  let at = 0;
  let buffer = 0;
  let available = 0;
  return (bits) => {
    for (; available < bits; available += 8) {
      const byte = data[at++];
      if (byte === undefined) return -1;
      buffer = dialect === 'gif' ? buffer | (byte << available) : ((buffer << 8) | byte) & 0xffffff;
    }
    available -= bits;
    const mask = (1 << bits) - 1;
    if (dialect === 'tiff') return (buffer >>> available) & mask;
    const code = buffer & mask;
    buffer >>>= bits;
    return code;
  };
}
