import { Uri } from 'vscode';
import type { FileRef } from '../../host/fileRef';
import { samplePictures } from '../../protocol/givenPictures';
import { fileRef, isFolder } from './fileRef';
import { folderPictures, type FoundPictures } from './folderPictures';

/** One of the pictures that come with the extension. */
export function samplePicture(extensionUri: Uri, file: string): FileRef {
  if (!samplePictures.some((sample) => sample.file === file)) {
    throw new Error(`there is no sample picture ${file}`);
  }
  const label = `samples/${file}`;
  return { ...fileRef(Uri.joinPath(extensionUri, 'samples', file)), label };
}

/** Files that were dropped on the panel, by their addresses; those of a folder where it is one. */
export async function droppedPictures(addresses: readonly string[]): Promise<FoundPictures> {
  const uris = addresses.map((address) => ownUri(Uri.parse(address, true)));
  const places = await Promise.all(
    uris.map(async (uri): Promise<FoundPictures> => {
      if (await isFolder(uri)) return await folderPictures([uri]);
      return { files: [fileRef(uri)], leftOut: 0 };
    }),
  );
  return {
    files: places.flatMap(({ files }) => files),
    leftOut: places.reduce((sum, { leftOut }) => sum + leftOut, 0),
  };
}

/** The page is told of a remote machine's files by its name; here, on that machine, they are its own. */
function ownUri(uri: Uri): Uri {
  return uri.scheme === 'vscode-remote' ? Uri.file(uri.path) : uri;
}
