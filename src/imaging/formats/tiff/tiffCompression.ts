import { inflateSync } from 'node:zlib';
import { cutShort, damaged } from '../byteReader';
import { decodeLzw } from '../lzw';
import { PictureError } from '../pictureError';
import type { TiffHeader } from './tiffHeader';
import { ZSTDDecoder } from 'zstddec';

type Decompress = (data: Uint8Array, size: number) => Uint8Array | Promise<Uint8Array>;

/** Decompressors by the Compression tag; each returns at most `size` bytes of a strip or tile. */
const decompressors: Readonly<Record<number, Decompress>> = {
  1: (data, size) => data.subarray(0, size),
  5: lzw,
  8: inflate,
  32773: packBits,
  50000: unpackZstandard,
  32946: inflate,
};

/** Names of compressions that scanners and cameras write and that are not supported here. */
const unsupported: Readonly<Record<number, string>> = {
  6: 'JPEG of the old kind',
  33003: 'JPEG 2000',
  33005: 'JPEG 2000',
  34712: 'JPEG 2000',
  34925: 'LZMA',
  50001: 'WebP',
  50002: 'JPEG XL',
};

/** The decompressor for a Compression tag; throws a PictureError where it is not supported. */
export function tiffDecompressor(
  compression: number,
): (data: Uint8Array, size: number) => Promise<Uint8Array> {
  const decompress = decompressors[compression];
  if (decompress !== undefined) {
    return async (data, size) => {
      const bytes = await decompress(data, size);
      if (bytes.length < size) throw cutShort('TIFF');
      return bytes;
    };
  }
  const name = unsupported[compression] ?? `compression ${compression}`;
  throw new PictureError(`a TIFF with ${name} inside is not supported: save it with LZW or as PNG`);
}

function lzw(data: Uint8Array, size: number): Uint8Array {
  const output = new Uint8Array(size);
  // Before TIFF 5.0 codes were packed from the lowest bit: the first one, 256, then begins with a 0, as in libtiff.
  const isOld = data[0] === 0 && ((data[1] ?? 0) & 1) === 1;
  return output.subarray(0, decodeLzw(data, 8, output, isOld ? 'gif' : 'tiff'));
}

function inflate(data: Uint8Array, size: number): Uint8Array {
  try {
    return inflateSync(data, { maxOutputLength: size });
  } catch {
    // zlib's reasons (wrong code, wrong checksum, too much output) all mean the same to a person.
    throw damaged('TIFF', 'its compressed data is wrong');
  }
}

const zstandard = new ZSTDDecoder();

/** Unpacks one strip or tile by the reference decoder: fzstd 0.1 takes broken data for whole. */
async function unpackZstandard(data: Uint8Array, size: number): Promise<Uint8Array> {
  await zstandard.init();
  const bytes = zstandard.decode(data, size);
  // It gives nothing where an error is.
  if (bytes.length === 0) throw damaged('TIFF', 'its compressed data is wrong');
  return bytes;
}

/** PackBits (TIFF 6.0, section 9): n < 128 copies n + 1 bytes, n > 128 repeats one 257 - n times, 128 does nothing. */
function packBits(data: Uint8Array, size: number): Uint8Array {
  const output = new Uint8Array(size);
  let written = 0;
  for (let at = 0; at + 1 < data.length && written < size;) {
    const count = data[at++] ?? 0;
    if (count < 128) {
      const literal = data.subarray(at, at + Math.min(count + 1, size - written));
      output.set(literal, written);
      written += literal.length;
      at += count + 1;
    } else if (count > 128) {
      const run = Math.min(257 - count, size - written);
      output.fill(data[at++] ?? 0, written, written + run);
      written += run;
    }
  }
  return output.subarray(0, written);
}

/** Undoes differencing of a row in place (TIFF 6.0, section 14; of floats Technical Note 3); 16-bit samples are big-endian. */
export function undoPredictor(
  { predictor, bits }: Pick<TiffHeader, 'predictor' | 'bits'>,
  row: Uint8Array,
  samples: number,
): void {
  if (predictor === 1) return;
  if (predictor === 3 && bits === 32) {
    addBefore(row, samples);
    row.set(interleaved(row));
    return;
  }
  if (predictor !== 2 || (bits !== 8 && bits !== 16)) {
    throw new PictureError(`a TIFF with predictor ${predictor} is not supported: save it without`);
  }
  if (bits === 8) {
    addBefore(row, samples);
    return;
  }
  const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
  for (let at = 2 * samples; at + 2 <= row.length; at += 2) {
    view.setUint16(at, view.getUint16(at) + view.getUint16(at - 2 * samples));
  }
}

function addBefore(row: Uint8Array, step: number): void {
  for (let i = step; i < row.length; i++) row[i] = (row[i] ?? 0) + (row[i - step] ?? 0);
}

/** All first bytes, then all second ones, as floats of four bytes each, high byte first. */
function interleaved(planes: Uint8Array): Uint8Array {
  const count = planes.length >> 2;
  return planes.map((_, at) => planes[(at & 3) * count + (at >> 2)] ?? 0);
}
