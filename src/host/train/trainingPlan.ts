import { layersFrom, type ClassLabels, type ModelDocument } from '../../network/modelDocument';
import type { TrainingSettings } from '../../protocol/training';
import { learningNetwork, ownClasses } from './learningNetwork';
import { splitPictures, type SplitPicture } from './splitPictures';
import type { TrainingRecord } from './trainingRecord';
import type { Labelled } from '../evaluate/labelFolder';
import { LabelledPictures, type ClassFolder, type FolderTree } from '../evaluate/labelledFolder';

/** What follows from a folder and settings: the network that learns and its pictures. */
export interface TrainingPlan {
  readonly base: ModelDocument;
  readonly document: ModelDocument;
  /** Layers that begin anew, since the folder has other classes. */
  readonly anew: readonly string[];
  readonly pictures: readonly SplitPicture[];
}

/** Plans a training of a document on a folder. Throws where its classes come from no dense layer. */
export function planTraining(
  { of: { folder, uri }, documentId: id }: TrainingRecord,
  base: ModelDocument,
  settings: TrainingSettings,
): TrainingPlan {
  const own = ownClasses(base, folder.labels);
  const labels: ClassLabels = own ? base.labels : folder.labels;
  const origin = { kind: 'trained', name: folder.label, uri, base: layersFrom(base) } as const;
  const document = {
    ...learningNetwork(base, { id, labels, origin }),
    title: `${base.title.replace(/, trained on .*$/, '')}, trained on ${folder.label}`,
  };
  const last = document.network.layers.findLast(({ weights }) => weights.length > 0)?.name;
  return {
    base,
    document,
    anew: own || last === undefined ? [] : [last],
    pictures: splitPictures(folder, settings, (index) => own?.[index] ?? index),
  };
}

/** How many pictures are learned from, and held out. */
export function countsOf({ pictures }: Pick<TrainingPlan, 'pictures'>) {
  const heldOut = pictures.filter((picture) => picture.heldOut).length;
  return { learned: pictures.length - heldOut, heldOut };
}

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
