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

/** The addresses of files that were dropped on the panel; throws for what is no address. */
export function droppedUris(addresses: readonly string[]): readonly Uri[] {
  return addresses.map((address) => ownUri(Uri.parse(address, true)));
}

/** Pictures that were dropped on the panel; those of a folder where it is one. */
export async function droppedPictures(uris: readonly Uri[]): Promise<FoundPictures> {
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
