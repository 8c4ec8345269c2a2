import type { Orientation } from './picture';
import { readTiffDirectory, unlessBroken } from './tiffDirectory';

const orientationTag = 0x0112;
const asStored = 1;
const prefix = 'Exif\0\0';

/** The orientation in a file's EXIF data or, where that has none, in its XMP, as in Pillow's exif_transpose. */
export function orientationOf({
  exif,
  xmp,
}: {
  readonly exif?: Uint8Array | undefined;
  readonly xmp?: Uint8Array | undefined;
}): Orientation {
  return toOrientation((exif && exifOrientation(exif)) ?? (xmp && xmpOrientation(xmp)));
}

/** What a block of EXIF data says, with or without the "Exif" prefix that JPEG puts before it. */
function exifOrientation(block: Uint8Array): number | undefined {
  const hasPrefix = String.fromCharCode(...block.subarray(0, prefix.length)) === prefix;
  const content = hasPrefix ? block.subarray(prefix.length) : block;
  // Broken EXIF data does not make the pixels unreadable: viewers show them as stored, and so does Pillow.
  const directory = unlessBroken(() => readTiffDirectory(content, 'EXIF'));
  return directory ? unlessBroken(() => directory.number(orientationTag)) : asStored;
}

/** What a packet of XMP says, as an attribute or as an element. */
export function xmpOrientation(packet: Uint8Array): number | undefined {
  const found = /tiff:Orientation(?:="|>)([0-9])/.exec(Buffer.from(packet).toString('latin1'));
  return found ? Number(found[1]) : undefined;
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
