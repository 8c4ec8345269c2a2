import { elementCount } from '../../network/tensor/shape';
import type { ByteSource } from '../bytes/byteSource';
import { maxNpyHeaderBytes, readNpyHeader } from '../containers/npy';
import type { NumberFormat } from '../bytes/numbers';
import { numberBytes, numpyFloat } from '../bytes/numbers';
import { columnMajor, rowMajor, stridedTensor } from '../tensors/stridedTensor';
import type { ZipEntry } from '../containers/zip';
import { openZip, zipNames } from '../containers/zip';
import type { TensorFile, TensorInFile, WeightsFormat } from '../tensors/tensorFile';
import { WeightsError } from '../bytes/weightsError';

const suffix = '.npy';

/** NumPy's archive of named arrays, with or without compression. */
export const npz: WeightsFormat = { name: 'NumPy .npz', recognises, open };

/** Recognises an archive with an array in it. */
async function recognises(source: ByteSource): Promise<boolean> {
  return (await zipNames(source)).some((name) => name.endsWith(suffix));
}

async function open(source: ByteSource): Promise<TensorFile> {
  const tensors: TensorInFile[] = [];
  for (const entry of (await openZip(source)).values()) {
    const tensor = entry.name.endsWith(suffix) ? await readTensor(entry) : undefined;
    if (tensor) tensors.push(tensor);
  }
  return { tensors };
}

async function readTensor(entry: ZipEntry): Promise<TensorInFile | undefined> {
  const name = entry.name.slice(0, -suffix.length);
  const { descr, fortranOrder, shape, dataStart } = readNpyHeader(await firstBytes(entry), name);
  const format = numberFormat(descr, name);
  if (!format) return undefined;
  const expected = elementCount(shape) * numberBytes(format);
  if (!Number.isSafeInteger(expected) || entry.size - dataStart !== expected) {
    throw new WeightsError(
      `${name} has shape [${shape.join(', ')}] of ${descr}, ${expected} bytes, but ${entry.size - dataStart} are there`,
    );
  }
  return stridedTensor({
    name,
    shape,
    strides: fortranOrder ? columnMajor(shape) : rowMajor(shape),
    format,
    bytes: () => entry.pieces({ from: dataStart, reuse: true }),
  });
}

async function firstBytes(entry: ZipEntry): Promise<Uint8Array> {
  for await (const piece of entry.pieces({ most: maxNpyHeaderBytes })) return piece;
  return new Uint8Array();
}

/** Decodes a type string (byte order, kind, bytes); undefined for integers, booleans and texts: no weights. */
function numberFormat(descr: string, name: string): NumberFormat | undefined {
  const [, order = '', kind = '', width = ''] = /^([<>=|])([a-zA-Z])(\d*)/.exec(descr) ?? [];
  const type = numpyFloat(`${kind}${width}`);
  if (type) return { type, bigEndian: order === '>' };
  if (kind !== '' && 'biuSU'.includes(kind)) return undefined;
  throw new WeightsError(
    kind === 'O'
      ? `${name} holds Python objects ("${descr}"), which only Python can read: save arrays of float32`
      : `${name} has type "${descr}"; float16, float32 and float64 are read`,
  );
}
