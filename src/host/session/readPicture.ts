import { contentOf } from '../../content/contentOf';
import type { FileRef } from '../fileRef';
import { maxPictureBytes } from '../../protocol/givenPictures';

/** The bytes of a picture file; refuses folders and giants before memory is taken, and says what is wrong with the name in front. */
export async function readPicture(file: FileRef): Promise<Uint8Array> {
  const size = await file.size();
  if (size > maxPictureBytes) {
    const megabytes = Math.round(size / 2 ** 20);
    throw new Error(`${file.name} has ${megabytes} MB; pictures of up to 256 MB are read`);
  }
  const bytes = await file.read();
  // Inside, most are TIFFs whose first picture is a preview of the size of a stamp.
  if (cameraRaw.test(file.name) && contentOf(bytes)?.what === 'a TIFF picture')
    throw new Error(
      `${file.name} is a raw picture of a camera, which is not read: export it as JPEG or TIFF`,
    );
  return bytes;
}

const cameraRaw = /\.(nef|nrw|arw|srf|sr2|dng|cr2|pef|raf|orf|rw2|srw|3fr|erf|mos|kdc|dcr)$/i;
