import type { ByteSource } from './bytes/byteSource';
import type { OpenBeside } from './bytes/openBeside';
import { WeightsError } from './bytes/weightsError';
import { recogniseFormat } from './formats/formats';
import type { TensorFile } from './tensors/tensorFile';

/** Opens a file of weights, recognised by its content; throws a WeightsError. */
export async function openTensors(source: ByteSource, openBeside: OpenBeside): Promise<TensorFile> {
  if (source.size === 0) throw new WeightsError('the file is empty');
  const format = await recogniseFormat(source);
  return await format.open(source, openBeside);
}
