export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'bmp' | 'avif' | 'tiff';

/** Names of the formats in messages. */
export const formatNames: Readonly<Record<PictureFormat, string>> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  gif: 'GIF',
  bmp: 'BMP',
  avif: 'AVIF',
  tiff: 'TIFF',
};

/** EXIF's tag 0x0112: 1 is upright, 2 to 4 keep the sides, 5 to 8 swap them. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** What a file says of its first frame, before orientation is applied. */
export interface StoredHeader {
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
}

export interface PictureHeader extends StoredHeader {
  readonly format: PictureFormat;
}

/** Pixels by rows, [height, width, 3], red first, 0 to 255. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** An upright picture and what it was read from. */
export interface Picture extends Pixels {
  readonly format: PictureFormat;
}

/** Larger pictures are refused: at this size one copy in RGBA takes 400 MB. */
export const maxPixels = 100_000_000;
