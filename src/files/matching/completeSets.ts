import type { TensorFile, TensorInFile } from '../tensors/tensorFile';
import type { Fitting } from './matchDocument';
import { WeightsError } from '../bytes/weightsError';

/** Tensors of a file that are all that a network needs. */
export interface CompleteSet<Fit> {
  /** The dict or the prefix of names under which they lie; empty for the file itself. */
  readonly key: string;
  readonly tensors: readonly TensorInFile[];
  /** Tensors beside them, by their names. */
  readonly beside: readonly string[];
  /** What they were found to be. */
  readonly fit: Fit;
}

interface Search<Fit> {
  /** No network needs fewer tensors. */
  readonly fewest: number;
  readonly fitOf: (tensors: readonly TensorInFile[]) => Fitting<Fit>;
}

/** The complete sets of a file, whatever the dict or prefix under which they lie; throws a WeightsError where there is none. */
export function completeSets<Fit>(
  file: TensorFile,
  search: Search<Fit>,
): readonly CompleteSet<Fit>[] {
  const sets = file.sets ?? [{ key: '', tensors: () => file.tensors }];
  const problems: string[] = [];
  const found = sets.flatMap(({ key, tensors: read }) => {
    const tensors = attempt(read);
    if (tensors instanceof WeightsError) {
      problems.push(tensors.message);
      return [];
    }
    const whole = search.fitOf(tensors);
    if ('fit' in whole) return [{ key, tensors, beside: [], fit: whole.fit }];
    problems.push(whole.problem);
    return underPrefixes(key, tensors, search);
  });
  if (found.length > 0) return found;
  throw new WeightsError(problems[0] ?? 'the file holds no tensors');
}

function attempt(read: () => readonly TensorInFile[]): readonly TensorInFile[] | WeightsError {
  try {
    return read();
  } catch (error) {
    if (error instanceof WeightsError) return error;
    throw error;
  }
}

/** Bound of the parts of a name that can be a prefix. */
const maxDepth = 4;
/** Bound of prefixes that are tried. */
const maxPrefixes = 64;

/** Complete sets of which each tensor's name begins alike, such as `model.` and `model_ema.`; the shortest prefix counts. */
function underPrefixes<Fit>(
  key: string,
  tensors: readonly TensorInFile[],
  { fewest, fitOf }: Search<Fit>,
): readonly CompleteSet<Fit>[] {
  const groups = prefixGroups(tensors).filter(
    ([, { length }]) => length >= fewest && length < tensors.length,
  );
  const found: CompleteSet<Fit>[] = [];
  const known: string[] = [];
  for (const [prefix, group] of groups.slice(0, maxPrefixes)) {
    if (known.some((shorter) => prefix.startsWith(shorter))) continue;
    const own = group.map((tensor) => renamed(tensor, tensor.name.slice(prefix.length)));
    const fitting = fitOf(own);
    if (!('fit' in fitting)) continue;
    known.push(prefix);
    const inside = new Set(group);
    const beside = tensors.filter((one) => !inside.has(one)).map(({ name }) => name);
    const path = [...(key === '' ? [] : [key]), prefix.slice(0, -1)].join('.');
    found.push({ key: path, tensors: own, beside, fit: fitting.fit });
  }
  return found;
}

/** Tensors by each prefix of their names, which ends in a dot or slash; short prefixes first. */
function prefixGroups(
  tensors: readonly TensorInFile[],
): readonly (readonly [string, readonly TensorInFile[]])[] {
  const groups = new Map<string, TensorInFile[]>();
  for (const tensor of tensors) {
    const ends = [...tensor.name.matchAll(/[./]/g)].slice(0, maxDepth);
    for (const { index } of ends) {
      const prefix = tensor.name.slice(0, index + 1);
      const group = groups.get(prefix);
      if (group) group.push(tensor);
      else groups.set(prefix, [tensor]);
    }
  }
  return [...groups].sort(([a], [b]) => a.length - b.length);
}

function renamed(tensor: TensorInFile, name: string): TensorInFile {
  return { ...tensor, name, pieces: () => tensor.pieces() };
}
