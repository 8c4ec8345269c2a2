import type { Orientation } from './picture';
import { PictureError } from './pictureError';
import { readTiffDirectory } from './tiffDirectory';

const orientationTag = 0x0112;
const prefix = 'Exif\0\0';

/** The orientation in a block of EXIF data, with or without the "Exif" prefix that JPEG puts before it. */
export function exifOrientation(block: Uint8Array): Orientation {
  const hasPrefix = String.fromCharCode(...block.subarray(0, prefix.length)) === prefix;
  try {
    const directory = readTiffDirectory(hasPrefix ? block.subarray(prefix.length) : block, 'EXIF');
    return toOrientation(directory.values(orientationTag)[0]);
  } catch (error) {
    // Broken EXIF data does not make the pixels unreadable: viewers show them as stored.
    if (error instanceof PictureError) return 1;
    throw error;
  }
}

/** Maps any value outside 1 to 8 to 1 (as stored), as Pillow does. */
export function toOrientation(value: number | undefined): Orientation {
  switch (value) {
    case 2:
    case 3:
    case 4:
    case 5:
    case 6:
    case 7:
    case 8:
      return value;
    case undefined:
    default:
      return 1;
  }
}
