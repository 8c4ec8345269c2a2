import { elementCount } from '../../network/tensor/shape';
import { numberBytes } from '../bytes/numbers';
import { WeightsError } from '../bytes/weightsError';
import type { NumpyArray } from '../containers/numpyGlobals';
import { columnMajor, rowMajor, stridedTensor } from '../tensors/stridedTensor';
import type { TensorInFile } from '../tensors/tensorFile';

/** A pickled array as a tensor; none where it holds no floats. Throws a WeightsError where its bytes are not those of its shape. */
export function numpyTensor(name: string, array: NumpyArray): readonly TensorInFile[] {
  const { shape, format, bytes, isFortran } = array;
  if (!format) return [];
  const wanted = elementCount(shape) * numberBytes(format);
  if (!Number.isSafeInteger(wanted) || bytes.length !== wanted)
    throw new WeightsError(
      `${name} has shape [${shape.join(', ')}], ${wanted} bytes, but holds ${bytes.length}`,
    );
  return [
    stridedTensor({
      name,
      shape,
      strides: isFortran ? columnMajor(shape) : rowMajor(shape),
      format,
      bytes: () => piecesOf(bytes, numberBytes(format)),
    }),
  ];
}

/** Copies: who reads may turn bytes about in place, and wants numbers to begin where numbers may. */
async function* piecesOf(
  bytes: Uint8Array,
  width: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const most = width * 2 ** 17;
  for (let at = 0; at < bytes.length; at += most) {
    await Promise.resolve();
    yield Uint8Array.from(bytes.subarray(at, at + most));
  }
}
