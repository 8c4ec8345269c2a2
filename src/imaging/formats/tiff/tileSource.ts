import { ByteReader } from '../byteReader';
import type { TiffHeader } from './tiffHeader';

/** Gives a strip's or tile's stored bytes; `size` is what they come to when unpacked. */
export type TileSource = (index: number, size: number) => Uint8Array;

/**
 * Finds what is stored of each strip or tile. A length that is missing or 0, as old scanners leave it, follows from the
 * picture's size where nothing is packed, else from where the next one begins, as in libtiff.
 */
export function tileSource(bytes: Uint8Array, header: TiffHeader): TileSource {
  const reader = new ByteReader(bytes, 'TIFF');
  const { offsets, sizes, compression } = header;
  const starts = [...offsets, reader.length].sort((a, b) => a - b);
  offsets.forEach((offset, index) => reader.check(offset, sizes[index] ?? 0));
  return (index, size) => {
    const offset = offsets[index] ?? 0;
    const next = starts.find((start) => start > offset) ?? reader.length;
    const own = sizes[index] || (compression === 1 ? size : next - offset);
    const stored = reader.slice(offset, own);
    return header.isReversed ? stored.map((byte) => reversed[byte] ?? 0) : stored;
  };
}

/** Each byte with its bits from the other end. */
const reversed = Uint8Array.from({ length: 256 }, (_, byte) =>
  Array.from({ length: 8 }, (__, bit) => ((byte >> bit) & 1) << (7 - bit)).reduce((a, b) => a | b),
);
