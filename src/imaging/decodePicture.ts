import { decodeAvif } from './formats/avif/decodeAvif';
import { decodeBmp } from './formats/bmp/decodeBmp';
import { damaged } from './formats/byteReader';
import { decodeGif } from './formats/gif/decodeGif';
import { identify } from './identify';
import { decodeJpeg } from './formats/jpeg/decodeJpeg';
import { orient } from './orient';
import { formatNames, type Picture, type PictureFormat, type Pixels } from './formats/picture';
import { decodePng } from './formats/png/decodePng';
import { decodeTiff } from './formats/tiff/decodeTiff';
import { decodeWebp } from './formats/webp/decodeWebp';

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
 * Decodes a file's first picture to upright RGB, [height, width, 3], as Pillow's exif_transpose and convert('RGB') do;
 * of 16-bit samples it keeps the high byte. Throws a PictureError for anything but a complete picture. `wasmDirectory`
 * is the folder of the decoders' .wasm files.
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
