import mozjpeg from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import { decode as decodeWithJpegJs } from 'jpeg-js';
import { cutShort, damaged } from '../byteReader';
import { readJpegHeader } from './jpegHeader';
import { zerosForEnd } from './jpegScans';
import type { Pixels } from '../picture';
import { PictureError } from '../pictureError';
import { decodeWithCodec, dropAlpha, type Codec, type Rgba } from '../wasmCodec';

interface Module {
  readonly decode: (data: Uint8Array, preserveOrientation: boolean) => Rgba | null;
}

const codec: Codec<Module> = {
  format: 'jpeg',
  file: 'mozjpeg_dec.wasm',
  factory: mozjpeg,
  decode: (module, bytes) => module.decode(bytes, false),
};

type Decode = (bytes: Uint8Array, complaints?: string[]) => Promise<Pixels>;

/** Decodes the stored pixels: equal to Pillow's for grey and YCbCr, within rounding for CMYK and YCCK. */
export async function decodeJpeg(bytes: Uint8Array, wasmDirectory: string): Promise<Pixels> {
  const header = readJpegHeader(bytes);
  const decode: Decode = async (whole, complaints) => {
    if (header.components !== 4) return await decodeColours(whole, wasmDirectory, complaints);
    return decodeInks(header.hasAdobeMarker ? whole : withMarker(whole));
  };
  const zeros = zerosForEnd(bytes);
  if (zeros === undefined) return await decode(bytes);
  if (!zeros.hasAllScans) throw cutShort('JPEG');
  return await decodeBeforeZeros(bytes, zeros.at, decode);
}

/** The last byte of a picture may be a zero itself, and libjpeg reads one ahead. */
const mostOwnZeros = 3;

/** Decodes a picture whose end marker was overwritten by zeros; refuses one of which pixels are missing. */
async function decodeBeforeZeros(
  bytes: Uint8Array,
  zeros: number,
  decode: Decode,
): Promise<Pixels> {
  for (let own = 0; own <= mostOwnZeros; own++) {
    const ended = Buffer.concat([bytes.subarray(0, zeros + own), Uint8Array.of(0xff, 0xd9)]);
    const complaints: string[] = [];
    const pixels = await decode(ended, complaints).catch((error: unknown) => {
      if (!(error instanceof PictureError)) throw error;
    });
    if (pixels && complaints.length === 0) return pixels;
  }
  throw cutShort('JPEG');
}

/** Four components without Adobe's marker are inks stored inverted all the same, as Pillow takes them. */
function withMarker(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.subarray(0, 2), adobeMarker('as stored'), bytes.subarray(2)]);
}

/** Says beyond doubt what components stand for: of JPEGs without it, decoders guess. */
export function adobeMarker(colours: 'as stored' | 'YCbCr'): Uint8Array {
  const transform = colours === 'YCbCr' ? 1 : 0;
  return Uint8Array.of(0xff, 0xee, 0, 14, ...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, transform);
}

/** Decodes a JPEG of one or three components whose end was seen to. */
export function decodeColours(
  bytes: Uint8Array,
  wasmDirectory: string,
  complaints?: string[],
): Promise<Pixels> {
  return decodeWithCodec(codec, bytes, wasmDirectory, complaints);
}

/** Decodes CMYK by jpeg-js, since the build of mozjpeg rejects four components. */
function decodeInks(bytes: Uint8Array): Pixels {
  try {
    const { width, height, data } = decodeWithJpegJs(bytes, {
      useTArray: true,
      tolerantDecoding: false,
      maxResolutionInMP: 100,
      maxMemoryUsageInMB: 2048,
    });
    return { width, height, rgb: dropAlpha(data) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw reason.includes('maxMemoryUsageInMB')
      ? new PictureError('the CMYK JPEG needs more than 2 GB to decode: save it as RGB')
      : damaged('JPEG', 'its data cannot be decoded');
  }
}
