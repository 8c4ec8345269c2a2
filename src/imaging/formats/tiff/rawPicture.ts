import { refusal } from '../../../content/refusal';
import { PictureError } from '../pictureError';
import { readTiffDirectory, unlessBroken, type TiffDirectory } from '../tiffDirectory';

/** Tags of TIFF 6.0, of its supplements and of DNG 1.7. */
const tags = { subfile: 254, photometric: 262, children: 330, dngVersion: 50706 } as const;

/** PhotometricInterpretation of what a sensor saw: a colour at each place, or all but not developed. */
const sensorColours: readonly number[] = [32803, 34892];

const isReduced = 1;
const mostChildren = 16;

/**
 * Throws for the raw pictures of cameras that are TIFFs inside, such as NEF, ARW, DNG and CR2: what a reader of TIFF finds
 * first in them is a thumbnail.
 */
export function refuseRawPicture(bytes: Uint8Array, directory: TiffDirectory): void {
  const children = directory.values(tags.children).slice(0, mostChildren);
  const isThumbnail = ((directory.values(tags.subfile)[0] ?? 0) & isReduced) !== 0;
  const isRaw =
    isCanon(bytes) ||
    directory.has(tags.dngVersion) ||
    isOfSensor(directory) ||
    (isThumbnail && children.length > 0) ||
    children.some((place) =>
      unlessBroken(() => isOfSensor(readTiffDirectory(bytes, 'TIFF', place))),
    );
  // The sentence that there is for all of them.
  if (isRaw) throw new PictureError(refusal(canonStart, { noun: 'a picture', formats: [] }));
}

function isOfSensor(directory: TiffDirectory): boolean {
  return sensorColours.includes(directory.values(tags.photometric)[0] ?? 0);
}

const canonStart = Buffer.from('II*\0\x10\0\0\0CR', 'latin1');

function isCanon(bytes: Uint8Array): boolean {
  return Buffer.compare(bytes.subarray(0, canonStart.length), canonStart) === 0;
}
