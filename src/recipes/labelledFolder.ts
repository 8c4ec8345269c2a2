import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabelledPicture } from '../engine/train/pictureStore';

/** The classes of pictures, in their order. */
export function classesOf(pictures: readonly LabelledPicture[]): readonly number[] {
  return [...new Set(pictures.map(({ label }) => label))].sort((a, b) => a - b);
}

/** The files of a folder that has a folder for each class, named by its WordNet id, in the order of their names. */
export async function labelledFolder(
  folder: string,
  synsets: readonly string[],
): Promise<readonly LabelledPicture[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const classes = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const pictures: LabelledPicture[] = [];
  for (const name of classes.sort()) {
    const label = synsets.indexOf(name);
    if (label < 0)
      throw new Error(`${join(folder, name)} is not named by a WordNet id of ImageNet`);
    const files = await readdir(join(folder, name));
    for (const file of files.sort()) pictures.push({ path: join(folder, name, file), label });
  }
  if (pictures.length > 0) return pictures;
  throw new Error(
    `${folder} has no folders of pictures: give the one that holds a folder per class`,
  );
}
