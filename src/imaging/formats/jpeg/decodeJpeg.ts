import mozjpeg from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import { decode as decodeWithJpegJs } from 'jpeg-js';
import { damaged } from '../byteReader';
import { checkJpegComplete, readJpegHeader } from './jpegHeader';
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

/** Decodes the stored pixels: equal to Pillow's for grey and YCbCr, within rounding for CMYK and YCCK. */
export async function decodeJpeg(bytes: Uint8Array, wasmDirectory: string): Promise<Pixels> {
  const header = readJpegHeader(bytes);
  checkJpegComplete(bytes);
  if (header.components !== 4) return decodeColours(bytes, wasmDirectory);
  if (!header.hasAdobeMarker) {
    throw new PictureError("a CMYK JPEG without Adobe's marker is not supported: save it as RGB");
  }
  return decodeInks(bytes);
}

/** Decodes a JPEG of one or three components whose end was seen to. */
export function decodeColours(bytes: Uint8Array, wasmDirectory: string): Promise<Pixels> {
  return decodeWithCodec(codec, bytes, wasmDirectory);
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
      : damaged('JPEG', reason);
  }
}
