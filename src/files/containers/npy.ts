import type { Shape } from '../../network/tensor/shape';
import { WeightsError } from '../bytes/weightsError';

/** Content of an .npy file's header. */
export interface NpyHeader {
  /** NumPy's type string, such as `<f4`. */
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: Shape;
  /** Offset of the numbers. */
  readonly dataStart: number;
}

const magic = '\x93NUMPY';
/** Bytes of the header's length, by major version. */
const lengthBytes: Readonly<Record<number, number>> = { 1: 2, 2: 4, 3: 4 };
/** Bound of the header: NumPy pads that of a plain array to 128 bytes; larger ones describe records. */
export const maxNpyHeaderBytes = 4096;
const maxAxes = 32;

export function isNpy(start: Uint8Array): boolean {
  return String.fromCharCode(...start.subarray(0, magic.length)) === magic;
}

/** Reads a header from the file's first bytes, `start`; `name` is the array's in errors. Throws a WeightsError. */
export function readNpyHeader(start: Uint8Array, name: string): NpyHeader {
  if (!isNpy(start)) throw new WeightsError(`${name} is no .npy file`);
  const major = start[magic.length] ?? 0;
  const width = lengthBytes[major];
  if (width === undefined) {
    throw new WeightsError(`${name} has version ${major} of the .npy format; 1 to 3 are read`);
  }
  const textStart = magic.length + 2 + width;
  if (start.length < textStart) throw new WeightsError(`${name} ends inside its header`);
  const view = new DataView(start.buffer, start.byteOffset, start.length);
  const length =
    width === 2 ? view.getUint16(magic.length + 2, true) : view.getUint32(magic.length + 2, true);
  if (length > maxNpyHeaderBytes - textStart) {
    throw new WeightsError(
      `${name} claims a header of ${length} bytes, more than ${maxNpyHeaderBytes} make no sense`,
    );
  }
  const dataStart = textStart + length;
  if (dataStart > start.length) throw new WeightsError(`${name} ends inside its header`);
  const text = Buffer.from(start.subarray(textStart, dataStart)).toString('latin1');
  return { ...parseHeader(text, name), dataStart };
}

/** An entry of NumPy's dict: a string, a bool or a tuple of integers (in Python 2 with an L after each). */
const entry =
  /\s*(['"])(descr|fortran_order|shape)\1\s*:\s*(?:(['"])([^'"\\]*)\3|(True|False)|\(([\d\sL,]*)\))\s*(?:,|(?=\}))/y;

function parseHeader(text: string, name: string): Omit<NpyHeader, 'dataStart'> {
  let descr: string | undefined;
  let fortranOrder: boolean | undefined;
  let shape: Shape | undefined;
  const refusal = new WeightsError(
    `${name} has a header that is no plain array's: ${quoted(text)}`,
  );
  if (!text.startsWith('{')) throw refusal;
  entry.lastIndex = 1;
  let end = 1;
  for (let match = entry.exec(text); match; match = entry.exec(text)) {
    end = entry.lastIndex;
    const [, , key, , string, bool, tuple] = match;
    if (key === 'descr' && descr === undefined) descr = string;
    else if (key === 'fortran_order' && fortranOrder === undefined) {
      fortranOrder = bool === undefined ? undefined : bool === 'True';
    } else if (key === 'shape' && shape === undefined && tuple !== undefined) {
      shape = parseShape(tuple);
    } else throw refusal;
  }
  if (!/^\s*\}\s*$/.test(text.slice(end))) throw refusal;
  if (descr === undefined || fortranOrder === undefined || shape === undefined) throw refusal;
  return { descr, fortranOrder, shape };
}

/** Parses the numbers of a tuple, such as `3, 4` or `3,`; undefined where they are malformed. */
function parseShape(tuple: string): Shape | undefined {
  if (tuple.trim() === '') return [];
  const parts = tuple.split(',').map((part) => part.trim());
  if (parts.at(-1) === '' && parts.length > 1) parts.pop();
  else if (parts.length === 1) return undefined;
  const sizes = parts.map((part) =>
    /^\d+L?$/.test(part) ? Number.parseInt(part, 10) : Number.NaN,
  );
  return sizes.length <= maxAxes && sizes.every((size) => Number.isSafeInteger(size))
    ? sizes
    : undefined;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text.trimEnd());
}
