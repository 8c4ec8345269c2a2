import { imagineDefaults, type ImagineSettings } from '../../protocol/imagining';

/** For which cells of a channel a picture is made: for the mean of all, or for the one in the middle. */
export const likedCells = ['all', 'middle'] as const;
export type LikedCells = (typeof likedCells)[number];

/** What a person sets of how a picture is made. */
export const imagineFields = ['seed', 'steps', 'stepSize', 'blur', 'jitter'] as const;
export type ImagineField = (typeof imagineFields)[number];

/** How what a unit likes is looked at. */
export interface LikesLook {
  readonly cells: LikedCells;
  readonly settings: Pick<ImagineSettings, ImagineField>;
}

const { seed, steps, stepSize, blur, jitter } = imagineDefaults;
export const firstLikesLook: LikesLook = {
  cells: 'middle',
  settings: { seed, steps, stepSize, blur, jitter },
};

/** Reads what an earlier session kept; what is odd in it is as at first. */
export function readLikesLook(saved: unknown): LikesLook {
  if (typeof saved !== 'object' || saved === null) return firstLikesLook;
  const { cells, settings } = saved as Readonly<Record<string, unknown>>;
  const given = (typeof settings === 'object' ? settings : null) as Readonly<
    Record<string, unknown>
  > | null;
  const kept = imagineFields.map((field) => {
    const value = given?.[field];
    const isSound = typeof value === 'number' && Number.isFinite(value) && value >= 0;
    return [field, isSound ? value : firstLikesLook.settings[field]] as const;
  });
  return {
    cells: likedCells.find((id) => id === cells) ?? firstLikesLook.cells,
    settings: Object.fromEntries(kept) as LikesLook['settings'],
  };
}
