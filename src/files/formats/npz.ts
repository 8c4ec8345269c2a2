import { elementCount } from '../../network/tensor/shape';
import type { ByteSource } from '../bytes/byteSource';
import { isNpy, maxNpyHeaderBytes, readNpyHeader } from '../containers/npy';
import type { NumberFormat } from '../bytes/numbers';
import { numberBytes } from '../bytes/numbers';
import { columnMajor, rowMajor, stridedTensor } from '../tensors/stridedTensor';
import type { ZipEntry } from '../containers/zip';
import { openZip, zipNames } from '../containers/zip';
import type { TensorFile, TensorInFile, WeightsFormat } from '../tensors/tensorFile';
import { WeightsError } from '../bytes/weightsError';

const suffix = '.npy';

/** NumPy's archive of named arrays, with or without compression. */
export const npz: WeightsFormat = { name: 'NumPy .npz', recognises, open };

/** Recognises an archive with an array in it, and a single array, to say why that is not enough. */
async function recognises(source: ByteSource): Promise<boolean> {
  if (source.size < 6) return false;
  if (isNpy(await source.read(0, 6))) return true;
  return (await zipNames(source)).some((name) => name.endsWith(suffix));
}

async function open(source: ByteSource): Promise<TensorFile> {
  await refuseSingleArray(source);
  const tensors: TensorInFile[] = [];
  for (const entry of (await openZip(source)).values()) {
    const tensor = entry.name.endsWith(suffix) ? await readTensor(entry) : undefined;
    if (tensor) tensors.push(tensor);
  }
  return { tensors };
}

async function refuseSingleArray(source: ByteSource): Promise<void> {
  const start = await source.read(0, Math.min(maxNpyHeaderBytes, source.size));
  if (!isNpy(start)) return;
  const { descr } = readNpyHeader(start, 'the file');
  throw new WeightsError(
    descr.includes('O')
      ? `the file is one array of Python objects ("${descr}"), which only Python can read: save its arrays by name with numpy.savez`
      : 'the file is one array without a name: save all arrays by name with numpy.savez',
  );
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

const floatTypes = { f2: 'F16', f4: 'F32', f8: 'F64' } as const;

/** Decodes a type string (byte order, kind, bytes); undefined for integers, booleans and texts: no weights. */
function numberFormat(descr: string, name: string): NumberFormat | undefined {
  const [, order = '', kind = '', width = ''] = /^([<>=|])([a-zA-Z])(\d*)/.exec(descr) ?? [];
  const type = `${kind}${width}`;
  if (type === 'f2' || type === 'f4' || type === 'f8') {
    return { type: floatTypes[type], bigEndian: order === '>' };
  }
  if (kind !== '' && 'biuSU'.includes(kind)) return undefined;
  throw new WeightsError(
    kind === 'O'
      ? `${name} holds Python objects ("${descr}"), which only Python can read: save arrays of float32`
      : `${name} has type "${descr}"; float16, float32 and float64 are read`,
  );
}
