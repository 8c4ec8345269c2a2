import { WeightsError } from '../bytes/weightsError';
import { numpyWorld } from './numpyGlobals';
import type { PickleWorld } from './pickleMachine';
import { damaged, kind } from './pickleMachine';
import type { PickleObject, PickleValue } from './pickleValue';
import { PickleGlobal } from './pickleValue';
import { TorchStorage, TorchStorageType, TorchTensor, torchStorageTypes } from './torchStorage';

const maxAxes = 32;
/** Bound of a storage's key, which is a counter or an address. */
const maxKeyLength = 64;

/** Globals of checkpoints besides weights (settings, generators' states, measures), whose values are ignored. */
const ignored = [
  ...['argparse.Namespace', 'pathlib.PosixPath', 'pathlib.WindowsPath'],
  ...['collections.defaultdict', 'collections.Counter', 'torch.device', 'torch.Generator'],
  ...['numpy.ndarray', 'torch.Tensor', 'torch.nn.parameter.Parameter'],
  ...['numpy.core', 'numpy._core'].map((module) => `${module}.multiarray.scalar`),
  ...['builtins', '__builtin__'].flatMap((module) =>
    'set frozenset list dict tuple int float complex str bool bytes bytearray range xrange slice object'
      .split(' ')
      .map((name) => `${module}.${name}`),
  ),
  ...'float64 float32 float16 bfloat16 int64 int32 int16 int8 uint8 bool contiguous_format strided'
    .split(' ')
    .map((name) => `torch.${name}`),
];

/** The storage that a persistent id names. */
function torchStorage(id: PickleValue): PickleValue {
  const [what, type, key, , length = null, view = null] = Array.isArray(id) ? id : [];
  if (what === 'storage' && type instanceof PickleGlobal)
    throw new WeightsError(`a tensor needs ${type.name}, which is not read: save it as floats`);
  if (what !== 'storage' || !(type instanceof TorchStorageType) || typeof key !== 'string') {
    throw new WeightsError(
      'the pickle holds something beside tensors, such as a whole model: save its state_dict() alone',
    );
  }
  if (key.length > maxKeyLength) throw damaged(`has a storage key of ${key.length} letters`);
  if (!isWhole(length) || view !== null) {
    throw damaged(`has a storage of ${kind(length)} numbers, seen through ${kind(view)}`);
  }
  return new TorchStorage(type, key, length);
}

/** Every global that a checkpoint's pickle may use; each makes only data. */
const torchGlobals: ReadonlyMap<string, PickleObject> = new Map<string, PickleObject>([
  // A state_dict may hold arrays, as a dict of NumPy does, and is an OrderedDict as that may be.
  ...numpyWorld.globals,
  ...torchStorageTypes.map((type) => [type.name, type] as const),
  ...ignored.map((name) => [name, new PickleGlobal(name)] as const),
  ...[
    new PickleGlobal('torch.Size', ([sizes = []]) => sizes),
    new PickleGlobal('torch._utils._rebuild_tensor', rebuildTensor),
    new PickleGlobal('torch._utils._rebuild_tensor_v2', rebuildTensor),
    new PickleGlobal('torch._utils._rebuild_parameter', rebuildParameter),
    new PickleGlobal('torch._utils._rebuild_parameter_with_state', rebuildParameter),
    new PickleGlobal('torch._tensor._rebuild_from_type_v2', rebuildWithAttributes),
  ].map((made) => [made.name, made] as const),
]);

/** Makes a tensor; whether it fits its storage is checked later, where its name is known. */
function rebuildTensor(args: readonly PickleValue[]): PickleValue {
  const [storage, offset = null, shape = null, strides = null] = args;
  if (!(storage instanceof TorchStorage)) throw damaged('makes a tensor without a storage');
  if (!isWhole(offset) || !isSizes(shape) || !isSizes(strides) || shape.length !== strides.length) {
    throw damaged(
      `makes a tensor of offset ${shown(offset)}, shape ${shown(shape)} and strides ${shown(strides)}`,
    );
  }
  // Copied, since the pickle may change its lists later.
  return new TorchTensor(storage, offset, [...shape], [...strides]);
}

function rebuildParameter([tensor = null]: readonly PickleValue[]): PickleValue {
  if (tensor instanceof TorchTensor) return tensor;
  throw damaged(`makes a parameter of ${kind(tensor)}`);
}

/** Rebuilds a tensor with attributes, from function, class, arguments and attributes. */
function rebuildWithAttributes([made = null, , args = null]: readonly PickleValue[]): PickleValue {
  if (made instanceof PickleGlobal && Array.isArray(args)) {
    if (made.call === rebuildTensor) return rebuildTensor(args);
    if (made.call === rebuildParameter) return rebuildParameter(args);
  }
  throw damaged(`makes a tensor by ${kind(made)}`);
}

function isWhole(value: PickleValue): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isSizes(value: PickleValue): value is number[] {
  return Array.isArray(value) && value.length <= maxAxes && value.every(isWhole);
}

function shown(value: PickleValue): string {
  if (!Array.isArray(value)) return kind(value);
  return `[${value
    .slice(0, maxAxes)
    .map((item) => (typeof item === 'number' ? item : kind(item)))
    .join(', ')}]`;
}

/** Everything that a pickle of PyTorch may refer to. */
export const torchWorld: PickleWorld = { globals: torchGlobals, persistent: torchStorage };
