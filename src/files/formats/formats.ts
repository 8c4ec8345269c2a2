import { headBytes } from '../../content/content';
import { refusal } from '../../content/refusal';
import type { ByteSource } from '../bytes/byteSource';
import { WeightsError } from '../bytes/weightsError';
import type { WeightsFormat } from '../tensors/tensorFile';
import { caffemodel } from './caffemodel';
import { deepCompression } from './deepCompression';
import { keras3 } from './keras3';
import { kerasH5 } from './kerasH5';
import { npy } from './npy';
import { npz } from './npz';
import { onnx } from './onnx';
import { pickle } from './pickle';
import { pytorch } from './pytorch';
import { shardIndex } from './shardIndex';
import { safetensors } from './safetensors';
import { tfjsModel } from './tfjsModel';

/**
 * Every format that can be read, in the order in which they are asked: those with a signature of their own come first.
 * Of the formats in zip archives pytorch is the last, since it claims every other archive to say what is wrong with it.
 */
export const formats: readonly WeightsFormat[] = [
  safetensors,
  shardIndex,
  tfjsModel,
  kerasH5,
  keras3,
  npz,
  npy,
  pytorch,
  pickle,
  deepCompression,
  onnx,
  caffemodel,
];

/** The format of a file, by its content; throws a WeightsError that says what else it is, where that is known. */
export async function recogniseFormat(source: ByteSource): Promise<WeightsFormat> {
  for (const format of formats) if (await format.recognises(source)) return format;
  const head = await source.read(0, Math.min(headBytes, source.size));
  const names = formats.map(({ name }) => name);
  throw new WeightsError(refusal(head, { noun: 'weights', formats: names }));
}
