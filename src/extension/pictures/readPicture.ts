import type { Uri } from 'vscode';
import { fileName } from '../fileName';
import { readFile, statFile } from '../workspaceFile';

/** A picture file is refused above this before it is read. */
const maxPictureBytes = 256 * 2 ** 20;

/** The bytes of a picture file; refuses folders and giants before memory is taken, and says what is wrong with the name in front. */
export async function readPicture(uri: Uri): Promise<Uint8Array> {
  const { size } = await statFile(uri);
  if (size > maxPictureBytes) {
    const megabytes = Math.round(size / 2 ** 20);
    throw new Error(`${fileName(uri)} has ${megabytes} MB; pictures of up to 256 MB are read`);
  }
  return await readFile(uri);
}
