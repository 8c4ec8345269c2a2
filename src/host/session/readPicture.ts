import type { FileRef } from '../fileRef';

/** A picture file is refused above this before it is read. */
const maxPictureBytes = 256 * 2 ** 20;

/** The bytes of a picture file; refuses folders and giants before memory is taken, and says what is wrong with the name in front. */
export async function readPicture(file: FileRef): Promise<Uint8Array> {
  const size = await file.size();
  if (size > maxPictureBytes) {
    const megabytes = Math.round(size / 2 ** 20);
    throw new Error(`${file.name} has ${megabytes} MB; pictures of up to 256 MB are read`);
  }
  return await file.read();
}
