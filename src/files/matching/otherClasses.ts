import { classCount, withClassCount } from '../../network/classCount';
import { elementCount } from '../../network/tensor/shape';
import type { FoundTensor } from './assignTensors';
import { findMatch, type Candidate, type SaidOfLayouts } from './matchDocument';

/** A document whose last layer would have this many classes. */
export interface OtherClasses {
  readonly documentId: string;
  readonly classes: number;
}

/** Bound of the counts that are tried. */
const maxCounts = 16;

/** The candidates that tensors fit once their last dense layer has as many units as the tensors have classes, in order. */
export function fitsOfOtherClasses(
  found: readonly FoundTensor[],
  candidates: readonly Candidate[],
  said: SaidOfLayouts,
): readonly OtherClasses[] {
  for (const classes of classCounts(found)) {
    const others = candidates.flatMap(({ id, network }) => {
      if (classCount(network) === classes) return [];
      const other = withClassCount(network, classes);
      return other ? [{ id, network: other }] : [];
    });
    const matching = findMatch(found, others, said);
    if (!('fit' in matching)) continue;
    const { documentId, alsoFits } = matching.fit;
    return [documentId, ...alsoFits].map((id) => ({ documentId: id, classes }));
  }
  return [];
}

/** The lengths of lists that could be a last layer's biases: a matrix has as many rows or columns. */
function classCounts(found: readonly FoundTensor[]): readonly number[] {
  const sides = new Set(found.flatMap(({ shape }) => (shape.length === 2 ? shape : [])));
  const lengths = found
    .filter(({ shape }) => shape.filter((size) => size !== 1).length <= 1)
    .map(({ shape }) => elementCount(shape));
  // The last layer's are among the last.
  const counts = [...new Set(lengths.toReversed())].filter(
    (count) => count > 1 && sides.has(count),
  );
  return counts.slice(0, maxCounts);
}
