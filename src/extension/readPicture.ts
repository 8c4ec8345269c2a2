import type { Uri } from 'vscode';
import { FileSystemError, FileType, workspace } from 'vscode';
import { fileName } from './fileName';

/** A picture file is refused above this before it is read. */
const maxPictureBytes = 256 * 2 ** 20;

/** The bytes of a picture file; refuses folders and giants before memory is taken, and says what is wrong with the name in front. */
export async function readPicture(uri: Uri): Promise<Uint8Array> {
  const name = fileName(uri);
  try {
    const stat = await workspace.fs.stat(uri);
    if (stat.type & FileType.Directory)
      throw new Error(`${name} is a folder; choose a picture in it`);
    if (stat.size > maxPictureBytes) {
      const megabytes = Math.round(stat.size / 2 ** 20);
      throw new Error(`${name} has ${megabytes} MB; pictures of up to 256 MB are read`);
    }
    return await workspace.fs.readFile(uri);
  } catch (error) {
    throw explain(error, name);
  }
}

function explain(error: unknown, name: string): unknown {
  if (!(error instanceof FileSystemError)) return error;
  switch (error.code) {
    case 'FileNotFound':
      return new Error(`${name} is not there any more`);
    case 'NoPermissions':
      return new Error(`${name} may not be read: permission denied`);
    default:
      return new Error(`${name} could not be read: ${error.message}`);
  }
}
