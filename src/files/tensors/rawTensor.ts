import type { Shape } from '../../network/tensor/shape';
import type { ByteSource } from '../bytes/byteSource';
import type { FloatType } from '../bytes/floatTypes';
import { toFloat32 } from '../bytes/floatTypes';
import { partPieces } from '../bytes/sliceSource';
import type { TensorInFile } from './tensorFile';

/** A tensor whose little-endian values lie back to back in a file; the offset is in bytes from the file's start. */
export interface RawTensor {
  readonly name: string;
  readonly type: FloatType;
  readonly shape: Shape;
  readonly offset: number;
  readonly byteLength: number;
}

export function rawTensor(source: ByteSource, raw: RawTensor): TensorInFile {
  const { name, shape, byteLength } = raw;
  return { name, shape, byteLength, pieces: () => rawPieces(source, raw) };
}

async function* rawPieces(
  source: ByteSource,
  { type, offset, byteLength }: RawTensor,
): AsyncGenerator<Float32Array> {
  for await (const bytes of partPieces(source, offset, byteLength)) yield toFloat32(bytes, type);
}
