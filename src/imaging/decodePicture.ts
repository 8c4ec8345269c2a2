import { decodeAvif } from './avif';
import { decodeBmp } from './bmp';
import { damaged } from './byteReader';
import { decodeGif } from './gif';
import { identify } from './identify';
import { decodeJpeg } from './jpeg';
import { orient } from './orient';
import { formatNames, type Picture, type PictureFormat, type Pixels } from './picture';
import { decodePng } from './png';
import { decodeTiff } from './tiff';
import { decodeWebp } from './webp';

type Decoder = (bytes: Uint8Array, wasmDirectory: string) => Pixels | Promise<Pixels>;

const decoders: Readonly<Record<PictureFormat, Decoder>> = {
  jpeg: decodeJpeg,
  png: decodePng,
  webp: decodeWebp,
  gif: decodeGif,
  bmp: decodeBmp,
  avif: decodeAvif,
  tiff: decodeTiff,
};

/**
 * A file's first picture, upright, as Pillow's exif_transpose and convert('RGB') make it; 16 bits keep the high byte.
 * Throws PictureError for all that is not a whole picture. `wasmDirectory` holds the decoders' WebAssembly.
 */
export async function decodePicture(bytes: Uint8Array, wasmDirectory: string): Promise<Picture> {
  const { format, width, height, orientation } = identify(bytes);
  const stored = await decoders[format](bytes, wasmDirectory);
  if (stored.width !== width || stored.height !== height) {
    throw damaged(
      formatNames[format],
      `its header says ${width} x ${height}, its data ${stored.width} x ${stored.height}`,
    );
  }
  return { format, ...orient(stored, orientation) };
}
