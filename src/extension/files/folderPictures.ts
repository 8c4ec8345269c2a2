import { FileType, Uri } from 'vscode';
import type { FileRef } from '../../host/fileRef';
import { fileName, fileRef, isFolder, readFolder } from './fileRef';
import { isPictureName, pictureNames } from '../../host/pictures/pictureNames';

/** More pictures than a person goes through. */
export const maxPictures = 1000;

export interface FoundPictures {
  readonly files: readonly FileRef[];
  /** How many more there are. */
  readonly leftOut: number;
}

/** The pictures directly in these folders, and those of these that are pictures themselves. Throws where there is none. */
export async function folderPictures(places: readonly Uri[]): Promise<FoundPictures> {
  const found = (await Promise.all(places.map(picturesAt))).flat();
  if (found.length > 0)
    return {
      files: found.slice(0, maxPictures).map(fileRef),
      leftOut: Math.max(0, found.length - maxPictures),
    };
  const names = places.map(fileName).join(', ');
  throw new Error(`${names} has no pictures; choose a folder that holds some itself`);
}

async function picturesAt(place: Uri): Promise<readonly Uri[]> {
  if (!(await isFolder(place))) return isPictureName(fileName(place)) ? [place] : [];
  const entries = await readFolder(place);
  const files = entries.filter(([, type]) => (type & FileType.Directory) === 0);
  return pictureNames(files.map(([name]) => name)).map((name) => Uri.joinPath(place, name));
}
