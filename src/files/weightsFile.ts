import type { ByteSource } from './bytes/byteSource';
import type { OpenBeside } from './bytes/openBeside';
import { WeightsError } from './bytes/weightsError';
import { inOrder } from './matching/candidateOrder';
import { completeSets, type CompleteSet } from './matching/completeSets';
import { findMatch, type Candidate, type Match } from './matching/matchDocument';
import { openTensors } from './openTensors';
import { checkTensor, readTensor } from './tensors/tensorValues';
import { tensorCount } from '../network/network';
import { usualSet } from './tensors/usualSet';

/** One weight of a file: its name and bytes there, and functions that read it. */
export interface WeightInFile {
  readonly name: string;
  readonly byteLength: number;
  /** Reads it in the file's layout; throws a WeightsError where a value is NaN or infinite. */
  check(): Promise<void>;
  /** Reads, checks and converts it to the network's layout. */
  read(): Promise<Float32Array>;
}

/** A file of weights whose description fits a document; no value has been read yet. */
export interface WeightsFile {
  readonly documentId: string;
  /** Weights by the network's name, such as `conv1.kernel`. */
  readonly weights: ReadonlyMap<string, WeightInFile>;
  /** The file's tensors that belong to no layer. */
  readonly leftOut: readonly string[];
  /** Other documents that it fits as well, where it does not say which it is for. */
  readonly alsoFits: readonly string[];
  /** The key of the set that is read, and those of the other complete ones. */
  readonly set: string;
  readonly otherSets: readonly string[];
  close(): Promise<void>;
}

/**
 * Opens a file of weights, recognised by its content; throws a WeightsError where it fits none of the candidates. The
 * first of them counts where the file itself does not say which it is for, and `set` where it holds several sets.
 */
export async function openWeightsFile(
  source: ByteSource,
  candidates: readonly Candidate[],
  openBeside: OpenBeside,
  set?: string,
): Promise<WeightsFile> {
  const file = await openTensors(source, openBeside);
  const close = async (): Promise<void> => await file.close?.();
  try {
    const { ordered, isTold } = inOrder(file, candidates);
    const sets = completeSets(file, {
      fewest: fewestWeights(candidates),
      fitOf: (tensors) => findMatch(tensors, ordered, file),
    });
    const read = chosenSet(sets, set);
    const { documentId, leftOut, alsoFits } = read.fit;
    return {
      documentId,
      weights: weightsOf(read),
      leftOut: [...leftOut, ...read.beside],
      alsoFits: isTold ? [] : alsoFits,
      set: read.key,
      otherSets: sets.filter((each) => each !== read).map(({ key }) => key),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** As many tensors as the candidate with the fewest has. */
export function fewestWeights(candidates: readonly Candidate[]): number {
  return Math.min(...candidates.map(({ network }) => tensorCount(network)));
}

/** The set of this key; where it was not said or is not there any more the usual one. Throws where any would be a guess. */
function chosenSet(sets: readonly CompleteSet<Match>[], key?: string): CompleteSet<Match> {
  const chosen = sets.find((each) => each.key === key) ?? usualSet(sets);
  if (chosen) return chosen;
  throw new WeightsError(severalSets(sets.map((each) => each.key)));
}

/** Why a file with several sets is not read. */
export function severalSets(keys: readonly string[]): string {
  return `the file holds several complete sets of weights, under ${keys.join(', ')}: which is meant has to be chosen`;
}

function weightsOf({ tensors, fit }: CompleteSet<Match>): ReadonlyMap<string, WeightInFile> {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const weights = new Map<string, WeightInFile>();
  for (const { key, tensor: found, placing } of fit.weights) {
    const tensor = byName.get(found.name);
    if (!tensor) throw new WeightsError(`${found.name} is missing`);
    weights.set(key, {
      name: tensor.name,
      byteLength: tensor.byteLength,
      check: () => checkTensor(tensor),
      read: () => readTensor(tensor, placing),
    });
  }
  return weights;
}
