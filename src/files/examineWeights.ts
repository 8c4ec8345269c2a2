import type { ByteSource } from './bytes/byteSource';
import type { OpenBeside } from './bytes/openBeside';
import { inOrder } from './matching/candidateOrder';
import { completeSets } from './matching/completeSets';
import { findMatch, type Candidate, type Fitting } from './matching/matchDocument';
import { fitsOfOtherClasses } from './matching/otherClasses';
import { openTensors } from './openTensors';
import type { TensorFile, TensorInFile } from './tensors/tensorFile';
import { usualSet } from './tensors/usualSet';
import { fewestWeights } from './weightsFile';

/** A document that a set can be read for: as it is, or with a last layer of so many classes. */
export interface ReadableAs {
  readonly documentId: string;
  readonly classes?: number;
}

/** What a file of weights leaves open. */
export interface ExaminedWeights {
  /** Complete sets by their keys; the first of what each is readable as counts where nobody says which. */
  readonly sets: readonly { readonly key: string; readonly fits: readonly ReadableAs[] }[];
  /** The key of the set that is read where nobody says which; undefined where any would be a guess. */
  readonly usual?: string;
}

/** Looks for all that a file of weights can be read as; throws a WeightsError where it is nothing. No value is read. */
export async function examineWeights(
  source: ByteSource,
  candidates: readonly Candidate[],
  openBeside: OpenBeside,
): Promise<ExaminedWeights> {
  const file = await openTensors(source, openBeside);
  try {
    const sets = completeSets(file, {
      fewest: fewestWeights(candidates),
      fitOf: (tensors) => readableAs(tensors, file, candidates),
    }).map(({ key, fit: fits }) => ({ key, fits }));
    const usual = usualSet(sets);
    return { sets, ...(usual && { usual: usual.key }) };
  } finally {
    await file.close?.();
  }
}

function readableAs(
  tensors: readonly TensorInFile[],
  file: TensorFile,
  candidates: readonly Candidate[],
): Fitting<readonly ReadableAs[]> {
  const { ordered, isTold } = inOrder(file, candidates);
  const matching = findMatch(tensors, ordered, file);
  const exact = 'fit' in matching ? idsOf(matching.fit, isTold) : [];
  const isPublished = ordered.some((each) => exact.includes(each.id) && isLibrary(each));
  const isSaid = isTold && exact.length > 0;
  const bases = ordered.filter(isLibrary).slice(0, isTold ? 1 : undefined);
  const others = isPublished || isSaid ? [] : fitsOfOtherClasses(tensors, bases, file);
  const fits = [...exact.map((documentId) => ({ documentId })), ...others];
  if (fits.length > 0) return { fit: fits };
  return { problem: 'problem' in matching ? matching.problem : 'the file fits no network' };
}

function idsOf(
  { documentId, alsoFits }: { readonly documentId: string; readonly alsoFits: readonly string[] },
  isTold: boolean,
): readonly string[] {
  return isTold ? [documentId] : [documentId, ...alsoFits];
}

function isLibrary({ origin }: Candidate): boolean {
  return origin === undefined || origin.kind === 'library';
}
