import type { Labelled } from '../evaluate/labelFolder';
import { LabelledPictures, type ClassFolder, type FolderTree } from '../evaluate/labelledFolder';
import type { TrainingPlan } from './trainingPlan';

/** The pictures that are not learned from, to be evaluated; all of them where none are held out. */
export function heldOutPictures(
  tree: FolderTree,
  { pictures }: Pick<TrainingPlan, 'pictures'>,
): Labelled {
  const heldOut = pictures.filter((picture) => picture.heldOut);
  const folders = new Map<string, ClassFolder & { readonly names: string[] }>();
  for (const { path, label } of heldOut.length > 0 ? heldOut : pictures) {
    const within = path.slice(0, -1);
    const key = within.join('/');
    const folder = folders.get(key) ?? { index: label, path: within, names: [] };
    folder.names.push(path.at(-1) ?? '');
    folders.set(key, folder);
  }
  const what = heldOut.length > 0 ? `${tree.label}, held out` : tree.label;
  return { folder: what, pictures: LabelledPictures.of(tree, [...folders.values()]), leftOut: [] };
}
