import type { ByteSource } from './bytes/byteSource';
import { recogniseFormat } from './formats/formats';
import { matchDocument, type Candidate } from './matching/matchDocument';
import { hasUsualNorms, normalisesAlike } from './tensors/normOrder';
import type { TensorFile } from './tensors/tensorFile';
import type { OpenBeside } from './bytes/openBeside';
import { checkTensor, readTensor } from './tensors/tensorValues';
import { WeightsError } from './bytes/weightsError';

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
  close(): Promise<void>;
}

/**
 * Opens a file of weights, recognised by its content; throws a WeightsError where it fits none of the candidates. The
 * first of them counts where the file itself does not say which it is for.
 */
export async function openWeightsFile(
  source: ByteSource,
  candidates: readonly Candidate[],
  openBeside: OpenBeside,
): Promise<WeightsFile> {
  if (source.size === 0) throw new WeightsError('the file is empty');
  const format = await recogniseFormat(source);
  const file = await format.open(source, openBeside);
  const close = async (): Promise<void> => await file.close?.();
  try {
    const { ordered, isTold } = inOrder(file, candidates);
    const match = matchDocument(file.tensors, ordered, file);
    const { documentId, leftOut, weights: matched } = match;
    const alsoFits = isTold ? [] : match.alsoFits;
    const byName = new Map(file.tensors.map((tensor) => [tensor.name, tensor]));
    const weights = new Map<string, WeightInFile>();
    for (const { key, tensor: found, placing } of matched) {
      const tensor = byName.get(found.name);
      if (!tensor) throw new WeightsError(`${found.name} is missing`);
      weights.set(key, {
        name: tensor.name,
        byteLength: tensor.byteLength,
        check: () => checkTensor(tensor),
        read: () => readTensor(tensor, placing),
      });
    }
    return { documentId, weights, leftOut, alsoFits, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The candidate that a file names or normalises like comes first: several share names and shapes. A file that says nothing
 * of it is the first one's where it fits that, else of a network whose norms are as frameworks have them where nothing is
 * said, k = 1: of the paper's own, k = 2, no trained weights are known.
 */
function inOrder(
  { savedFor, norms = [] }: TensorFile,
  candidates: readonly Candidate[],
): { readonly ordered: readonly Candidate[]; readonly isTold: boolean } {
  const told =
    candidates.find(({ id }) => id === savedFor) ??
    candidates.find(({ network }) => normalisesAlike(norms, network));
  if (told) return { ordered: [told, ...candidates.filter((each) => each !== told)], isTold: true };
  const [first, ...others] = candidates;
  const usual = others.filter(({ network }) => hasUsualNorms(network));
  const rest = others.filter((each) => !usual.includes(each));
  return { ordered: [...(first ? [first] : []), ...usual, ...rest], isTold: false };
}
