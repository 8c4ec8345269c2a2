import type { PicturesQuestion } from '../../protocol/evaluation';

/** Pictures that a person wants to see, and what these are called. */
export interface Picked {
  readonly question: Omit<PicturesQuestion, 'begun'>;
  readonly words: string;
}

/** All mistakes, until a person picks some. */
export const allMistakes: Picked = { question: {}, words: '' };
