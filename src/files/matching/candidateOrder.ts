import { hasUsualNorms, normalisesAlike } from '../tensors/normOrder';
import type { TensorFile } from '../tensors/tensorFile';
import type { Candidate } from './matchDocument';

/** Candidates in the order in which they are preferred. */
export interface OrderedCandidates<T extends Candidate> {
  readonly ordered: readonly T[];
  /** The file itself says that it is the first one's. */
  readonly isTold: boolean;
}

/**
 * The candidate that a file names or normalises like comes first: several share names and shapes. A file that says nothing
 * of it is the first one's where it fits that, else of a network whose norms are as frameworks have them where nothing is
 * said, k = 1: of the paper's own, k = 2, no trained weights are known. Networks of other files know other classes.
 */
export function inOrder<T extends Candidate>(
  { savedFor, norms = [] }: TensorFile,
  candidates: readonly T[],
): OrderedCandidates<T> {
  const told =
    candidates.find(({ id }) => id === savedFor) ??
    candidates.find(({ network }) => normalisesAlike(norms, network));
  if (told) return { ordered: [told, ...candidates.filter((each) => each !== told)], isTold: true };
  const [first, ...rest] = candidates;
  const others = rest.filter(({ origin }) => origin?.kind !== 'file');
  const usual = others.filter(({ network }) => hasUsualNorms(network));
  const unusual = others.filter((each) => !usual.includes(each));
  return { ordered: [...(first ? [first] : []), ...usual, ...unusual], isTold: false };
}
