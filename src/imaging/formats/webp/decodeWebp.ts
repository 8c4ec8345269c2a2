import libwebp from '@jsquash/webp/codec/dec/webp_dec.js';
import { ByteReader, damaged } from '../byteReader';
import type { Pixels } from '../picture';
import { decodeWithCodec, type Codec, type Rgba } from '../wasmCodec';
import {
  bitstreamSize,
  canvasSize,
  chunkHeader,
  fileChunks,
  frameChunks,
  u24,
  type WebpChunk,
} from './webpHeader';

interface Module {
  readonly decode: (data: Uint8Array) => Rgba | null;
}

const codec: Codec<Module> = {
  format: 'webp',
  file: 'webp_dec.wasm',
  factory: libwebp,
  decode: (module, bytes) => module.decode(bytes),
};

/** VP8X's flag for transparency. */
const alphaFlag = 0x10;

/** Decodes the stored pixels as Pillow does; of an animation, the first frame on its canvas. */
export async function decodeWebp(bytes: Uint8Array, wasmDirectory: string): Promise<Pixels> {
  const reader = new ByteReader(bytes, 'WebP');
  const chunks = fileChunks(reader);
  const [frame, ...others] = chunks.filter(({ type }) => type === 'ANMF');
  if (frame === undefined) return decodeWithCodec(codec, still(reader, chunks), wasmDirectory);
  const vp8x = chunks.find(({ type }) => type === 'VP8X');
  if (vp8x === undefined) throw damaged('WebP', 'an animation needs a canvas');
  const canvas = canvasSize(reader, vp8x.at + 4);
  // A file of which a later frame is broken is a broken file.
  for (const other of others) checkFrame(reader, canvas, other);
  return decodeFrame(reader, canvas, frame, wasmDirectory);
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What libwebp sees of a frame that is not shown: a picture of the size that the frame has. */
function checkFrame(reader: ByteReader, canvas: Size, frame: WebpChunk): void {
  const { width, height } = placeOf(reader, canvas, frame);
  const picture = bitstreamSize(reader, pictureOf(frameChunks(reader, frame)));
  if (picture.width !== width || picture.height !== height)
    throw damaged('WebP', 'one of its frames is not of the size that it says');
}

/** Where a frame lies on the canvas. */
function placeOf(
  reader: ByteReader,
  canvas: Size,
  { at }: WebpChunk,
): Size & { readonly left: number; readonly top: number } {
  const left = 2 * u24(reader, at);
  const top = 2 * u24(reader, at + 3);
  const { width, height } = canvasSize(reader, at + 6);
  if (left + width > canvas.width || top + height > canvas.height)
    throw damaged('WebP', 'one of its frames lies outside its canvas');
  return { left, top, width, height };
}

/** Decodes a frame as a still, since the codec rejects animations; the canvas around it is black, as in libwebp. */
async function decodeFrame(
  reader: ByteReader,
  canvas: Size,
  frame: WebpChunk,
  wasmDirectory: string,
): Promise<Pixels> {
  const { left, top, width, height } = placeOf(reader, canvas, frame);
  const pixels = await decodeWithCodec(
    codec,
    still(reader, frameChunks(reader, frame)),
    wasmDirectory,
  );
  if (pixels.width !== width || pixels.height !== height) {
    throw damaged(
      'WebP',
      `its first frame is ${pixels.width} x ${pixels.height}, not ${width} x ${height}`,
    );
  }
  if (width === canvas.width && height === canvas.height) return pixels;
  const rgb = new Uint8Array(canvas.width * canvas.height * 3);
  for (let y = 0; y < height; y++) {
    const row = pixels.rgb.subarray(3 * y * width, 3 * (y + 1) * width);
    rgb.set(row, 3 * ((top + y) * canvas.width + left));
  }
  return { ...canvas, rgb };
}

/** A file of nothing but a picture's own chunks: the codec would read on into what follows them. */
function still(reader: ByteReader, chunks: readonly WebpChunk[]): Uint8Array {
  const alpha = chunks.find(({ type }) => type === 'ALPH');
  const picture = pictureOf(chunks);
  const isLossy = picture.type === 'VP8 ';
  const content = [
    ...(alpha && isLossy ? [canvasOf(bitstreamSize(reader, picture)), whole(reader, alpha)] : []),
    reader.slice(picture.at - chunkHeader, chunkHeader + picture.size),
  ];
  const riff = Buffer.from('RIFF0000WEBP', 'latin1');
  riff.writeUInt32LE(4 + content.reduce((sum, { length }) => sum + length, 0), 4);
  return Buffer.concat([riff, ...content]);
}

function pictureOf(chunks: readonly WebpChunk[]): WebpChunk {
  const picture = chunks.find(({ type }) => type === 'VP8 ' || type === 'VP8L');
  if (picture === undefined) throw damaged('WebP', 'it holds no picture');
  return picture;
}

/** VP8X of a picture with alpha. */
function canvasOf({ width, height }: Size): Uint8Array {
  if (width < 1 || height < 1) throw damaged('WebP', `a picture of ${width} x ${height} cannot be`);
  const extended = Buffer.alloc(18);
  extended.write('VP8X', 'latin1');
  extended.writeUInt32LE(10, 4);
  extended.writeUInt8(alphaFlag, 8);
  extended.writeUIntLE(width - 1, 12, 3);
  extended.writeUIntLE(height - 1, 15, 3);
  return extended;
}

/** A chunk with its head and its padding. */
function whole(reader: ByteReader, { at, size }: WebpChunk): Uint8Array {
  return reader.slice(at - chunkHeader, chunkHeader + size + (size & 1));
}
