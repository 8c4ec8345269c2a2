import { WeightsError } from '../../../src/files/bytes/weightsError';
import { bytesSource } from '../../../src/files/bytes/byteSource';
import { recogniseFormat } from '../../../src/files/formats/formats';
import { checkTensor } from '../../../src/files/tensors/tensorValues';
import { openWeightsFile } from '../../../src/files/weightsFile';
import { decodePicture } from '../../../src/imaging/decodePicture';
import type { Picture } from '../../../src/imaging/formats/picture';
import { PictureError } from '../../../src/imaging/formats/pictureError';
import { library } from '../../../src/library/alexNets';
import { wasmDirectory } from '../../unit/imaging/fixtures';
import { inMemory } from '../weightFixtures';
import type { Family, Original } from './family';

const kinds = {
  picture: { refusal: PictureError, tryBytes: (bytes: Uint8Array) => decodePicture(bytes, wasmDirectory) },
  weights: { refusal: WeightsError, tryBytes: readWeights },
} as const; // prettier-ignore

/** What became of a file: a picture, weights that could be read, or a refusal. */
export type Outcome = Picture | 'weights' | 'refused';

/** Reads a file as the engine does; throws for any refusal that is not one plain sentence of its kind. */
export async function tryFile(
  { kind }: Pick<Family, 'kind'>,
  bytes: Uint8Array,
  original: Pick<Original, 'beside'> = {},
): Promise<Outcome> {
  const { refusal, tryBytes } = kinds[kind];
  try {
    return await tryBytes(bytes, original);
  } catch (error) {
    if (error instanceof refusal && isSentence(error.message)) return 'refused';
    throw error;
  }
}

/** One line that an error's reader can make sense of. */
function isSentence(message: string): boolean {
  return /^[^\n]{10,600}$/.test(message) && !/\bundefined\b|\[object/.test(message);
}

/** Every tensor's every value, then the way of the engine, to a network that it fits. */
async function readWeights(
  bytes: Uint8Array,
  { beside = {} }: Pick<Original, 'beside'>,
): Promise<'weights'> {
  const source = bytesSource(bytes);
  const openBeside = inMemory(beside);
  const format = await recogniseFormat(source);
  const file = await format.open(source, openBeside);
  try {
    for (const tensor of file.tensors) await checkTensor(tensor);
  } finally {
    await file.close?.();
  }
  await openWeightsFile(source, library, openBeside).then((opened) => opened.close());
  return 'weights';
}
