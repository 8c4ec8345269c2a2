import { damaged } from '../byteReader';
import { adobeMarker, decodeColours } from '../jpeg/decodeJpeg';
import { PictureError } from '../pictureError';
import type { TiffHeader } from './tiffHeader';
import type { TileSource } from './tileSource';

/** JPEG as Adobe's TIFF Technical Note 2 has it; the older kind, 6, is another thing. */
export const jpegCompression = 7;

const startAndEnd = 2;

/** What a tile's pixels are once its JPEG is decoded: grey, or RGB whatever they were stored as. */
export function jpegTileHeader(header: TiffHeader): TiffHeader {
  const { samples, bits, photometric, isPlanar } = header;
  const isGrey = samples === 1 && photometric <= 1;
  const isColour = samples === 3 && (photometric === 2 || photometric === 6);
  if (bits !== 8 || isPlanar || !(isGrey || isColour))
    throw new PictureError(
      `a TIFF with JPEG inside, of colour type ${photometric} with ${samples} x ${bits} bits, is not supported: save it with LZW`,
    );
  return isGrey ? header : { ...header, photometric: 2 };
}

/** Decodes each tile as a JPEG of its own, of the file's tables and the tile's data. */
export function jpegTileReader(
  header: TiffHeader,
  source: TileSource,
  wasmDirectory: string,
): (index: number, rowsNeeded: number) => Promise<(y: number) => Uint8Array> {
  const { samples, tileWidth, photometric, jpegTables } = header;
  const tables = jpegTables.subarray(startAndEnd, -startAndEnd);
  return async (index, rowsNeeded) => {
    const stored = source(index, 0).subarray(startAndEnd);
    const colours =
      samples === 3 ? adobeMarker(photometric === 6 ? 'YCbCr' : 'as stored') : new Uint8Array();
    const jpeg = Buffer.concat([Uint8Array.of(0xff, 0xd8), colours, tables, stored]);
    const complaints: string[] = [];
    const { width, height, rgb } = await decodeColours(jpeg, wasmDirectory, complaints);
    if (complaints.length > 0) throw damaged('TIFF', 'one of the JPEGs in it is broken');
    if (width !== tileWidth || height < rowsNeeded)
      throw damaged(
        'TIFF',
        `a JPEG of ${width} x ${height} lies in a place of ${tileWidth} x ${rowsNeeded}`,
      );
    return (y) => {
      const row = rgb.subarray(3 * width * y, 3 * width * (y + 1));
      return samples === 3 ? row : row.filter((_, at) => at % 3 === 0);
    };
  };
}
