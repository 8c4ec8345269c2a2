import { WeightsError } from '../bytes/weightsError';
import { kind } from './pickleMachine';
import { IgnoredObject, type PickleValue } from './pickleValue';
import { TorchTensor } from './torchStorage';

/** A tensor and its full name, such as `features.0.weight`. */
export type NamedTensor = readonly [name: string, tensor: TorchTensor];

/** Keys under which training scripts save the weights, the most likely first. */
const usualKeys = [
  ...['state_dict', 'model_state_dict', 'model', 'net', 'network', 'weights', 'params', 'module'],
];

const maxNameLength = 256;
/** Bound of nested wrappers. */
const maxPrefixes = 4;

/** The tensors of a state_dict, or of the one in a checkpoint beside epoch, optimizer and the like. */
export function stateDictTensors(root: PickleValue): readonly NamedTensor[] {
  if (!(root instanceof Map)) {
    throw new WeightsError(`the file holds ${kind(root)}, not a state_dict: save state_dict()`);
  }
  const candidates = [root, ...usualKeys.map((key) => root.get(key)), ...onlyDeepOne(root)];
  for (const candidate of candidates) {
    const tensors = candidate instanceof Map ? tensorsOf(candidate) : [];
    if (tensors.length > 0) return withoutPrefix(tensors);
  }
  const keys = [...root.keys()].slice(0, 8).map(shown);
  throw new WeightsError(
    `the file holds ${keys.join(', ') || 'an empty dict'} and no tensor: weights are looked for as items of the dict itself, of ${usualKeys.join(', ')} and of the only dict of tensors below it`,
  );
}

/** Bound of dicts that are looked through. */
const maxDicts = 1000;
const maxDepth = 5;

/** The dict of tensors that lies somewhere below another, where there is only one; an optimizer's states are no weights. */
function onlyDeepOne(root: PickleValue): readonly PickleValue[] {
  const found: PickleValue[] = [];
  let level: readonly PickleValue[] = [root];
  let seen = 0;
  for (let depth = 0; depth < maxDepth; depth++) {
    level = level.flatMap((dict) =>
      dict instanceof Map
        ? [...dict].flatMap(([key, value]) =>
            typeof key === 'string' && !/optim|schedul/i.test(key) ? [value] : [],
          )
        : [],
    );
    level = level.filter((value) => value instanceof Map);
    seen += level.length;
    if (seen > maxDicts) return [];
    found.push(...level.filter((value) => value instanceof Map && tensorsOf(value).length > 0));
  }
  return found.length === 1 ? found : [];
}

function shown(key: PickleValue): string {
  return typeof key === 'string' ? key.slice(0, maxNameLength) : kind(key);
}

function tensorsOf(dict: ReadonlyMap<PickleValue, PickleValue>): readonly NamedTensor[] {
  const tensors: NamedTensor[] = [];
  for (const [name, value] of dict) {
    if (typeof name !== 'string') continue;
    if (value instanceof IgnoredObject && /_rebuild_/.test(value.name))
      throw new WeightsError(
        `${name} is made by ${value.name}, which is not read: save plain tensors`,
      );
    if (!(value instanceof TorchTensor)) continue;
    if (name.length > maxNameLength) {
      throw new WeightsError(`a tensor's name has ${name.length} letters, as no layer's does`);
    }
    tensors.push([name, value]);
  }
  return tensors;
}

/** Strips prefixes that all names share, such as DataParallel's `module.`, as long as a layer's name is left. */
function withoutPrefix(
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
