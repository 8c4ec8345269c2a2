import { createHash } from 'node:crypto';
import type { TrainingSettings } from '../../protocol/training';
import type { FolderPicture, TrainingFolder } from './trainingFolder';

/** A picture of a training, by its path below the folder. */
export interface SplitPicture {
  readonly path: readonly string[];
  /** Of its class in the network that learns. */
  readonly label: number;
  readonly heldOut: boolean;
}

/**
 * Says which pictures are held out: those of `val`, or of each class a share that depends on the seed and the names
 * alone, so that a picture that is added or taken away changes nothing for the others' order.
 */
export function splitPictures(
  { pictures, ownHeldOut, folders }: Pick<TrainingFolder, 'pictures' | 'ownHeldOut' | 'folders'>,
  { heldOut: share, seed }: Pick<TrainingSettings, 'heldOut' | 'seed'>,
  labelOf: (index: number) => number,
): readonly SplitPicture[] {
  const split = (picture: FolderPicture, heldOut: boolean): SplitPicture => {
    return { path: picture.path, label: labelOf(picture.index), heldOut };
  };
  if (ownHeldOut) {
    return [
      ...pictures.map((picture) => split(picture, false)),
      ...ownHeldOut.map((picture) => split(picture, true)),
    ];
  }
  const held = new Set<FolderPicture>();
  for (const index of folders.keys()) {
    const own = pictures.filter((picture) => picture.index === index);
    const drawn = own
      .map((picture) => ({ picture, rank: rankOf(picture, seed) }))
      .sort((a, b) => (a.rank < b.rank ? -1 : 1));
    // Of every class at least one is learned from.
    const count = Math.min(Math.round(own.length * share), own.length - 1);
    for (const { picture } of drawn.slice(0, count)) held.add(picture);
  }
  return pictures.map((picture) => split(picture, held.has(picture)));
}

function rankOf({ path }: FolderPicture, seed: number): string {
  return createHash('sha256')
    .update(JSON.stringify([seed, path]))
    .digest('hex');
}
