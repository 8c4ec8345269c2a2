import { usualKeys } from '../tensors/usualSet';
import { WeightsError } from '../bytes/weightsError';
import { NumpyArray } from './numpyGlobals';
import { kind } from './pickleMachine';
import { IgnoredObject, type PickleValue } from './pickleValue';
import { TorchTensor } from './torchStorage';

/** A tensor and its full name, such as `features.0.weight`. */
export type NamedTensor = readonly [name: string, tensor: TorchTensor | NumpyArray];

/** The tensors of one dict. */
export interface StateDict {
  /** The keys that lead to it, such as `state_dict_ema`; empty for the file's own. */
  readonly key: string;
  /** Throws a WeightsError where one is of a kind that is not read. */
  tensors(): readonly NamedTensor[];
}

const maxNameLength = 256;
/** Bound of nested wrappers. */
const maxPrefixes = 4;

/** The state_dict, or those in a checkpoint beside epoch, optimizer and the like, the likeliest first. */
export function stateDicts(root: PickleValue): readonly StateDict[] {
  if (!(root instanceof Map)) {
    throw new WeightsError(`the file holds ${kind(root)}, not a state_dict: save state_dict()`);
  }
  const dicts = dictsOfTensors(root);
  const most = Math.max(...dicts.map(({ count }) => count));
  // A few tensors beside many, such as a generator's state, are no network.
  const place = ({ key, count }: Found): number => {
    const usual = key === '' ? 0 : usualKeys.indexOf(key) + 1 || usualKeys.length + 1;
    return 2 * count < most ? usual + 2 * usualKeys.length : usual;
  };
  const sorted = [...dicts].sort((a, b) => place(a) - place(b));
  if (sorted.length > 0)
    return sorted.map(({ key, dict }) => ({ key, tensors: () => tensorsOf(dict) }));
  const keys = [...root.keys()].slice(0, 8).map(shown);
  throw new WeightsError(
    `the file holds ${keys.join(', ') || 'an empty dict'} and no tensor: weights are looked for as items of the dict itself and of every dict below it but an optimizer's`,
  );
}

type Dict = ReadonlyMap<PickleValue, PickleValue>;

interface Found {
  readonly key: string;
  readonly dict: Dict;
  /** Of tensors. */
  readonly count: number;
}

/** Bound of dicts that are looked through. */
const maxDicts = 1000;
const maxDepth = 5;

/** Every dict that holds tensors itself, once; an optimizer's states are no weights. */
function dictsOfTensors(root: Dict): readonly Found[] {
  const seen = new Set<Dict>([root]);
  const found: Found[] = [];
  let level: readonly Omit<Found, 'count'>[] = [{ key: '', dict: root }];
  for (let depth = 0; depth <= maxDepth && seen.size <= maxDicts; depth++) {
    const counted = level.map((each) => ({ ...each, count: tensorCount(each.dict) }));
    found.push(...counted.filter(({ count }) => count > 0));
    level = level.flatMap(({ key, dict }) =>
      [...dict].flatMap(([name, value]) => {
        const isDict = typeof name === 'string' && value instanceof Map && !seen.has(value);
        if (!isDict || /optim|schedul/i.test(name)) return [];
        seen.add(value);
        return [{ key: key === '' ? name : `${key}.${name}`, dict: value }];
      }),
    );
  }
  return found;
}

function tensorCount(dict: Dict): number {
  return [...dict.values()].filter((value) => isTensor(value) || isUnread(value)).length;
}

function isTensor(value: PickleValue): value is TorchTensor | NumpyArray {
  return (
    value instanceof TorchTensor || (value instanceof NumpyArray && value.format !== undefined)
  );
}

/** A tensor of a kind that is not read, such as a sparse one. */
function isUnread(value: PickleValue): value is IgnoredObject {
  return value instanceof IgnoredObject && /_rebuild_/.test(value.name);
}

function shown(key: PickleValue): string {
  return typeof key === 'string' ? key.slice(0, maxNameLength) : kind(key);
}

function tensorsOf(dict: Dict): readonly NamedTensor[] {
  const tensors: NamedTensor[] = [];
  for (const [name, value] of dict) {
    if (typeof name !== 'string') continue;
    if (isUnread(value))
      throw new WeightsError(
        `${name} is made by ${value.name}, which is not read: save plain tensors`,
      );
    if (!isTensor(value)) continue;
    if (name.length > maxNameLength) {
      throw new WeightsError(`a tensor's name has ${name.length} letters, as no layer's does`);
    }
    tensors.push([name, value]);
  }
  return tensors;
}

/** Strips prefixes that all names share, such as DataParallel's `module.`, as long as a layer's name is left. */
export function withoutPrefix(
  tensors: readonly NamedTensor[],
  deepest = maxPrefixes,
): readonly NamedTensor[] {
  const first = tensors[0]?.[0] ?? '';
  const prefix = first.slice(0, first.indexOf('.') + 1);
  const shared = tensors.every(
    ([name]) => name.startsWith(prefix) && name.slice(prefix.length).includes('.'),
  );
  if (prefix === '' || !shared || deepest === 0) return tensors;
  return withoutPrefix(
    tensors.map(([name, tensor]) => [name.slice(prefix.length), tensor]),
    deepest - 1,
  );
}
