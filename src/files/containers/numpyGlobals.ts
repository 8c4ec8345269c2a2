import type { Shape } from '../../network/tensor/shape';
import { numpyFloat, type NumberFormat } from '../bytes/numbers';
import { LongText } from './longText';
import type { PickleWorld } from './pickleMachine';
import { damaged, kind } from './pickleMachine';
import { PickleGlobal, PickleObject, type PickleValue } from './pickleValue';

const maxAxes = 32;

/** NumPy's type of an array's values, such as `f4`, and the order of a value's bytes. */
class NumpyType extends PickleObject {
  readonly name = 'numpy.dtype';
  private bigEndian = false;

  constructor(private readonly code: string) {
    super();
  }

  /** The state names the order of bytes second: `<`, `>`, or `|` where there is none. */
  override setState(state: PickleValue): void {
    if (Array.isArray(state)) this.bigEndian = textOf(state[1]) === '>';
  }

  get isObject(): boolean {
    return this.code.startsWith('O');
  }

  /** Undefined for integers, texts and objects. */
  get format(): NumberFormat | undefined {
    const type = numpyFloat(this.code);
    return type && { type, bigEndian: this.bigEndian };
  }
}

/** An array of a pickle: numbers as bytes, or values of Python. */
export class NumpyArray extends PickleObject {
  readonly name = 'numpy.ndarray';
  shape: Shape = [];
  isFortran = false;
  format: NumberFormat | undefined;
  bytes: Uint8Array = new Uint8Array();
  /** Of an array of objects. */
  objects: readonly PickleValue[] = [];

  /** A version, the shape, the type, whether columns come first, and the values. */
  override setState(state: PickleValue): void {
    const [shape = null, type = null, isFortran = null, values = null] = Array.isArray(state)
      ? state.slice(-4)
      : [];
    // An array of another type may be part of what is no weight.
    if (!isSizes(shape) || !(type instanceof NumpyType)) return;
    this.shape = [...shape];
    this.isFortran = isFortran === true;
    this.format = type.format;
    if (type.isObject) this.objects = Array.isArray(values) ? values : [];
    else if (this.format) this.bytes = bytesOf(values);
  }
}

function isSizes(value: PickleValue): value is number[] {
  return (
    Array.isArray(value) &&
    value.length <= maxAxes &&
    value.every((size) => typeof size === 'number' && Number.isSafeInteger(size) && size >= 0)
  );
}

/** Python 2 and its protocols wrote bytes as texts of Latin-1. */
function bytesOf(value: PickleValue): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') return Buffer.from(value, 'latin1');
  if (value instanceof LongText) return value.latin1();
  throw damaged(`has an array's numbers as ${kind(value)}`);
}

/** A text, also of a pickle of Python 2 that another Python read as bytes and wrote again. */
export function textOf(value: PickleValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : undefined;
}

/** Makes an OrderedDict; Python 2 passes its items, Python 3 sets them later. */
function orderedDict([items = []]: readonly PickleValue[]): PickleValue {
  const dict = new Map<PickleValue, PickleValue>();
  if (!Array.isArray(items)) throw damaged(`makes a dict of ${kind(items)}`);
  for (const item of items) {
    if (!Array.isArray(item)) throw damaged(`makes a dict's item of ${kind(item)}`);
    const [key = null, value = null] = item;
    dict.set(key, value);
  }
  return dict;
}

function made(
  names: readonly string[],
  make: (args: readonly PickleValue[]) => PickleValue,
): readonly (readonly [string, PickleObject])[] {
  return names.map((name) => [name, new PickleGlobal(name, make)] as const);
}

const inCore = (name: string): readonly string[] => [`numpy.core.${name}`, `numpy._core.${name}`];

/** What a pickle of NumPy may refer to; anything else is inert. */
export const numpyWorld: PickleWorld = {
  globals: new Map<string, PickleObject>([
    ...made(inCore('multiarray._reconstruct'), () => new NumpyArray()),
    ...made(['numpy.dtype'], ([code = null]) => new NumpyType(textOf(code) ?? '')),
    ...made(['collections.OrderedDict'], orderedDict),
    ...made(['_codecs.encode'], ([text = null]) => bytesOf(text)),
    ...made(inCore('numeric._frombuffer'), ([bytes = null, type = null, shape = null, order]) => {
      const array = new NumpyArray();
      array.setState([shape, type, order === 'F', bytes]);
      return array;
    }),
  ]),
  persistent: () => {
    throw damaged('refers to something outside of it');
  },
};
