import { WeightsError } from '../../../src/files/bytes/weightsError';
import { bytesSource } from '../../../src/files/bytes/byteSource';
import { examineWeights } from '../../../src/files/examineWeights';
import { readModel } from '../../../src/files/models/readModel';
import { openTensors } from '../../../src/files/openTensors';
import { checkTensor } from '../../../src/files/tensors/tensorValues';
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
  model: { refusal: WeightsError, tryBytes: readWholeModel },
} as const; // prettier-ignore

/** What became of a file: a picture, weights or a model that could be read, or a refusal. */
export type Outcome = Picture | 'weights' | 'model' | 'refused';

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

/** Every tensor's every value, then what the file can be read as. */
async function readWeights(
  bytes: Uint8Array,
  { beside = {} }: Pick<Original, 'beside'>,
): Promise<'weights'> {
  const source = bytesSource(bytes);
  const openBeside = inMemory(beside);
  const file = await openTensors(source, openBeside);
  try {
    for (const tensor of file.tensors) await checkTensor(tensor);
  } finally {
    await file.close?.();
  }
  await examineWeights(source, library, openBeside);
  return 'weights';
}

/** The graph, and what becomes of its weights. */
async function readWholeModel(
  bytes: Uint8Array,
  { beside = {} }: Pick<Original, 'beside'>,
): Promise<'model'> {
  const [source, openBeside] = [bytesSource(bytes), inMemory(beside)];
  const model = await readModel({ id: 'model', name: 'model', uri: '', source, openBeside });
  await model.close();
  return 'model';
}
