import { layersFrom, type ClassLabels, type ModelDocument } from '../../network/modelDocument';
import type { TrainingSettings } from '../../protocol/training';
import { learningNetwork, ownClasses } from './learningNetwork';
import { splitPictures, type SplitPicture } from './splitPictures';
import type { TrainingRecord } from './trainingRecord';

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
