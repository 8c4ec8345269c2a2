import { readBmpHeader, type BmpHeader } from './bmpHeader';
import { decodeBmpRuns } from './bmpRuns';
import { ByteReader, damaged } from '../byteReader';
import type { Pixels } from '../picture';
import { sampleReader } from '../samples';

type PixelWriter = (row: Uint8Array, x: number, rgb: Uint8Array, to: number) => void;

/**
 * Decodes BMP of 1, 4, 8, 16, 24 and 32 bits with palettes, run lengths and bit masks; drops a fourth channel.
 * Own code because fast-bmp 4.0 reads no palettes, run lengths, 4 or 16 bits, other masks, core headers, top-down rows.
 */
export function decodeBmp(bytes: Uint8Array): Pixels {
  const header = readBmpHeader(bytes);
  const { width, height } = header;
  const { data, stride, bits } = readRows(bytes, header);
  const write = pixelWriter(header, bits);
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * stride, (y + 1) * stride);
    let to = 3 * width * (header.topDown ? y : height - 1 - y);
    for (let x = 0; x < width; x++, to += 3) write(row, x, rgb, to);
  }
  return { width, height, rgb };
}

interface Rows {
  readonly data: Uint8Array;
  /** Bytes from one row to the next. */
  readonly stride: number;
  readonly bits: number;
}

function readRows(bytes: Uint8Array, header: BmpHeader): Rows {
  const { width, height, bits, coding, pixels } = header;
  if (coding === 'plain') {
    const stride = Math.ceil((width * bits) / 32) * 4;
    // The last row's padding may be missing: there are no pixels in it.
    const needed = stride * (height - 1) + Math.ceil((width * bits) / 8);
    return { data: new ByteReader(bytes, 'BMP').slice(pixels, needed), stride, bits };
  }
  const data = decodeBmpRuns(bytes, pixels, width, height, coding === 'rle8' ? 8 : 4);
  return { data, stride: width, bits: 8 };
}

function pixelWriter(header: BmpHeader, bits: number): PixelWriter {
  if (bits <= 8) return paletteWriter(header, bits);
  if (bits === 24) {
    return (row, x, rgb, to) => {
      rgb[to] = row[3 * x + 2] ?? 0;
      rgb[to + 1] = row[3 * x + 1] ?? 0;
      rgb[to + 2] = row[3 * x] ?? 0;
    };
  }
  return maskWriter(header, bits / 8);
}

function paletteWriter({ palette, paletteStep }: BmpHeader, bits: number): PixelWriter {
  if (palette.length === 0) throw damaged('BMP', 'its palette is missing');
  const sample = sampleReader(bits);
  return (row, x, rgb, to) => {
    const at = paletteStep * sample(row, x);
    rgb[to] = palette[at + 2] ?? 0;
    rgb[to + 1] = palette[at + 1] ?? 0;
    rgb[to + 2] = palette[at] ?? 0;
  };
}

function maskWriter({ masks }: BmpHeader, size: number): PixelWriter {
  const channels = masks.map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    const max = mask >>> shift;
    return (pixel: number) =>
      max === 0 ? 0 : Math.floor((((pixel & mask) >>> shift) * 255) / max);
  });
  return (row, x, rgb, to) => {
    let pixel = 0;
    for (let i = size - 1; i >= 0; i--) pixel = (pixel << 8) | (row[x * size + i] ?? 0);
    channels.forEach((channel, c) => (rgb[to + c] = channel(pixel)));
  };
}
