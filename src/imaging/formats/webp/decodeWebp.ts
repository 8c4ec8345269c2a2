import libwebp from '@jsquash/webp/codec/dec/webp_dec.js';
import { ByteReader, damaged } from '../byteReader';
import type { Pixels } from '../picture';
import { decodeWithCodec, type Codec, type Rgba } from '../wasmCodec';
import {
  canvasSize,
  checkWebpComplete,
  fileChunks,
  frameHeader,
  u24,
  webpChunks,
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
  checkWebpComplete(reader);
  const chunks = fileChunks(reader);
  const frame = chunks.find(({ type }) => type === 'ANMF');
  if (frame === undefined) return decodeWithCodec(codec, bytes, wasmDirectory);
  const canvas = chunks.find(({ type }) => type === 'VP8X');
  if (canvas === undefined) throw damaged('WebP', 'an animation needs a canvas');
  return decodeFrame(reader, canvasSize(reader, canvas.at + 4), frame, wasmDirectory);
}

/** Decodes a frame as a still, since the codec rejects animations; the canvas around it is black, as in libwebp. */
async function decodeFrame(
  reader: ByteReader,
  canvas: { readonly width: number; readonly height: number },
  frame: WebpChunk,
  wasmDirectory: string,
): Promise<Pixels> {
  const left = 2 * u24(reader, frame.at);
  const top = 2 * u24(reader, frame.at + 3);
  const { width, height } = canvasSize(reader, frame.at + 6);
  if (left + width > canvas.width || top + height > canvas.height) {
    throw damaged('WebP', 'its first frame lies outside its canvas');
  }
  const still = await decodeWithCodec(codec, wrapFrame(reader, frame), wasmDirectory);
  if (still.width !== width || still.height !== height) {
    throw damaged(
      'WebP',
      `its first frame is ${still.width} x ${still.height}, not ${width} x ${height}`,
    );
  }
  if (width === canvas.width && height === canvas.height) return still;
  const rgb = new Uint8Array(canvas.width * canvas.height * 3);
  for (let y = 0; y < height; y++) {
    const row = still.rgb.subarray(3 * y * width, 3 * (y + 1) * width);
    rgb.set(row, 3 * ((top + y) * canvas.width + left));
  }
  return { ...canvas, rgb };
}

/** Builds a still's file of VP8X and the frame's ALPH, VP8 or VP8L chunks. */
function wrapFrame(reader: ByteReader, frame: WebpChunk): Uint8Array {
  const start = frame.at + frameHeader;
  const end = frame.at + frame.size;
  const chunks = [...webpChunks(reader, start, end)];
  const hasAlpha = chunks.some(({ type }) => type === 'ALPH');
  const extended = Buffer.alloc(18);
  extended.write('VP8X', 'latin1');
  extended.writeUInt32LE(10, 4);
  extended.writeUInt8(hasAlpha ? alphaFlag : 0, 8);
  extended.set(reader.slice(frame.at + 6, 6), 12);
  const content = [
    ...(hasAlpha ? [extended] : []),
    ...chunks
      .filter(({ type }) => type === 'ALPH' || type === 'VP8 ' || type === 'VP8L')
      .map(({ at, size }) => reader.bytes.subarray(at - 8, Math.min(end, at + size + (size & 1)))),
  ];
  const riff = Buffer.from('RIFF0000WEBP', 'latin1');
  riff.writeUInt32LE(4 + content.reduce((sum, { length }) => sum + length, 0), 4);
  return Buffer.concat([riff, ...content]);
}
