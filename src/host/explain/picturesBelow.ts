import { foldersIn, LabelledPictures, type FolderTree } from '../evaluate/labelledFolder';
import type { ClassFolder } from '../evaluate/labelledFolder';
import { pictureNames } from '../pictures/pictureNames';

/** Deep enough for `train/class`; a link that leads back up would never end. */
const deepest = 3;

/** The pictures in a folder and in the folders below it; of classes nothing is asked. Throws where there is none. */
export async function picturesBelow(
  tree: FolderTree,
  signal: AbortSignal,
): Promise<LabelledPictures> {
  const folders = await foldersBelow(tree, [], signal);
  if (folders.length > 0) return LabelledPictures.of(tree, folders);
  throw new Error(`${tree.label} holds no pictures, nor do the folders in it; choose another`);
}

async function foldersBelow(
  tree: FolderTree,
  path: readonly string[],
  signal: AbortSignal,
): Promise<readonly ClassFolder[]> {
  signal.throwIfAborted();
  const files = (await tree.list(path)).filter(({ isFolder }) => !isFolder);
  const names = pictureNames(files.map(({ name }) => name));
  const own = names.length > 0 ? [{ index: 0, path, names }] : [];
  if (path.length === deepest) return own;
  const below: ClassFolder[] = [];
  for (const name of await foldersIn(tree, path))
    below.push(...(await foldersBelow(tree, [...path, name], signal)));
  return [...own, ...below];
}
