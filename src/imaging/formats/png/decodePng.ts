import { createInflate, type Inflate } from 'node:zlib';
import { cutShort, damaged } from '../byteReader';
import type { Pixels } from '../picture';
import { PictureError } from '../pictureError';
import { unfilter } from './pngFilter';
import { readPngHeader, type PngHeader } from './pngHeader';
import { pngPasses, type PngPass } from './pngPasses';
import { greyScale, sampleReader } from '../samples';

const inflateChunk = 1 << 18;

/**
 * Decodes PNG of every colour type and depth row by row from a stream, so that memory is bounded by the picture's size.
 * Own code because fast-png 8.0 reads no interlaced pictures below 8 bits and inflates without limit: 3 MB became 6 GB.
 */
export async function decodePng(bytes: Uint8Array): Promise<Pixels> {
  const header = readPngHeader(bytes);
  const { width, height } = header;
  if (!header.isSound) throw damaged('PNG', 'its header has a wrong checksum');
  if (header.colour === 'palette' && header.palette.length < 3) {
    throw damaged('PNG', 'its palette is missing');
  }
  const rgb = new Uint8Array(width * height * 3);
  const rows = rowSink(header, rgb);
  const inflate = createInflate({ chunkSize: inflateChunk });
  inflate.end(Buffer.concat(header.data));
  if (!(await feed(inflate, rows))) throw cutShort('PNG');
  return { width, height, rgb };
}

/** Reads the stream to its end; says whether it held all rows. Turns zlib's errors into PictureErrors. */
async function feed(inflate: Inflate, rows: (chunk: Uint8Array) => boolean): Promise<boolean> {
  let full = false;
  try {
    for await (const chunk of inflate as AsyncIterable<Uint8Array>) full = rows(chunk);
  } catch (error) {
    if (error instanceof PictureError) throw error;
    // The checksum behind the last row may be cut off; a wrong one is another matter.
    if (isCut(error)) return full;
    throw damaged('PNG', 'its compressed data is wrong');
  }
  return full;
}

/** zlib ran out of data. */
function isCut(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR';
}

/** Returns a function that takes inflated bytes, draws each complete row, and says whether all rows are drawn. */
function rowSink(header: PngHeader, rgb: Uint8Array): (chunk: Uint8Array) => boolean {
  const passes = pngPasses(header.width, header.height, header.interlaced);
  const bitsPerPixel = header.channels * header.depth;
  const draw = rowDrawer(header, rgb);
  let passIndex = 0;
  let y = 0;
  let filled = 0;
  let row = new Uint8Array();
  let above = new Uint8Array();
  return (chunk) => {
    for (let at = 0; at < chunk.length;) {
      const pass = passes[passIndex];
      if (pass === undefined) throw damaged('PNG', 'it has more pixels than its header says');
      const rowLength = 1 + Math.ceil((pass.width * bitsPerPixel) / 8);
      if (y === 0 && filled === 0) {
        row = new Uint8Array(rowLength);
        above = new Uint8Array(rowLength);
      }
      const taken = Math.min(rowLength - filled, chunk.length - at);
      row.set(chunk.subarray(at, at + taken), filled);
      at += taken;
      filled += taken;
      if (filled < rowLength) break;
      const samples = row.subarray(1);
      unfilter(row[0] ?? 0, samples, above.subarray(1), Math.max(1, bitsPerPixel >> 3));
      draw(samples, pass, y);
      [row, above] = [above, row];
      filled = 0;
      y = (y + 1) % pass.height;
      if (y === 0) passIndex++;
    }
    return passIndex === passes.length;
  };
}

type RowDrawer = (samples: Uint8Array, pass: PngPass, y: number) => void;

function rowDrawer(header: PngHeader, rgb: Uint8Array): RowDrawer {
  const { channels, colour, palette, depth } = header;
  const sample = sampleReader(depth);
  const scale = greyScale(depth);
  const hasColour = colour === 'rgb' || colour === 'rgba';
  return (samples, pass, y) => {
    let to = 3 * ((pass.y + y * pass.stepY) * header.width + pass.x);
    for (let x = 0; x < pass.width; x++, to += 3 * pass.stepX) {
      const first = sample(samples, x * channels);
      if (hasColour) {
        rgb[to] = first;
        rgb[to + 1] = sample(samples, x * channels + 1);
        rgb[to + 2] = sample(samples, x * channels + 2);
      } else if (colour === 'palette') {
        rgb[to] = palette[3 * first] ?? 0;
        rgb[to + 1] = palette[3 * first + 1] ?? 0;
        rgb[to + 2] = palette[3 * first + 2] ?? 0;
      } else {
        rgb.fill(first * scale, to, to + 3);
      }
    }
  };
}
