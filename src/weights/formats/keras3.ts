import type { ByteSource } from '../byteSource';
import { Hdf5File } from '../containers/hdf5/hdf5File';
import type { ZipEntry } from '../containers/zip';
import { isZip, openZip } from '../containers/zip';
import { sliceSource } from '../sliceSource';
import type { TensorFile, WeightsFormat } from '../tensorFile';
import { WeightsError } from '../weightsError';
import { keras3Layers } from './keras3Layers';
import { keras3Tensors } from './keras3Tensors';

/** Keras 3's archive: what the model is made of as JSON, which is data here and never run, and its weights as HDF5. */
export const keras3: WeightsFormat = { name: 'Keras .keras', recognises, open };

const configName = 'config.json';
const weightsName = 'model.weights.h5';
/** AlexNet's has 16 kB. */
const maxConfigBytes = 2 ** 22;

async function recognises(source: ByteSource): Promise<boolean> {
  if (!(await isZip(source))) return false;
  try {
    const entries = await openZip(source);
    return (
      entries.has(configName) && [...entries.keys()].some((name) => /^model\.weights\./.test(name))
    );
  } catch (error) {
    if (error instanceof WeightsError) return false;
    throw error;
  }
}

async function open(source: ByteSource): Promise<TensorFile> {
  const entries = await openZip(source);
  const weights = entries.get(weightsName);
  if (!weights) throw new WeightsError(`${weightsName} is missing: only weights as HDF5 are read`);
  if (!weights.stored) {
    throw new WeightsError(
      `${weightsName} is compressed, as Keras never does: save the model again`,
    );
  }
  const config = entries.get(configName);
  const layers = config ? keras3Layers(await readJson(config)) : [];
  await checkSum(weights);
  const { offset, length } = weights.stored;
  const file = await Hdf5File.open(sliceSource(source, offset, length));
  return { tensors: await keras3Tensors(file, layers) };
}

/** The archive's own, over all bytes in order; what follows reads them here and there. */
async function checkSum({ name, size, pieces }: ZipEntry): Promise<void> {
  let checked = 0;
  for await (const { length } of pieces()) checked += length;
  if (checked !== size) throw new WeightsError(`${name} ends after ${checked} of ${size} bytes`);
}

async function readJson({ name, size, pieces }: ZipEntry): Promise<unknown> {
  if (size > maxConfigBytes) {
    throw new WeightsError(`${name} has ${size} bytes, more than ${maxConfigBytes} make no sense`);
  }
  const parts: Uint8Array[] = [];
  for await (const piece of pieces()) parts.push(piece);
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch (error) {
    throw new WeightsError(`${name} is not valid JSON`, { cause: error });
  }
}
