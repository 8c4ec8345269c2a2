import type { ByteSource } from '../bytes/byteSource';
import { Hdf5File } from '../containers/hdf5/hdf5File';
import { readSmallJson } from '../containers/smallJson';
import type { ZipEntries } from '../containers/zip';
import { openZip, zipNames } from '../containers/zip';
import { sliceSource } from '../bytes/sliceSource';
import type { TensorFile, WeightsFormat } from '../tensors/tensorFile';
import { WeightsError } from '../bytes/weightsError';
import { keras3Layers } from './keras3Layers';
import { keras3Tensors } from './keras3Tensors';

/** Keras 3's archive: the model's config as JSON, which is read as data only, and its weights as HDF5. */
export const keras3: WeightsFormat = { name: 'Keras .keras', recognises, open };

const configName = 'config.json';
const weightsName = 'model.weights.h5';
/** Bound of a config.json; AlexNet's has 16 kB. */
const maxConfigBytes = 2 ** 22;

async function recognises(source: ByteSource): Promise<boolean> {
  const names = await zipNames(source);
  return names.includes(configName) && names.some((name) => /^model\.weights\./.test(name));
}

async function open(source: ByteSource): Promise<TensorFile> {
  const entries = await openZip(source);
  const config = await readSmallJson(await storedFile(source, entries, configName), maxConfigBytes);
  const file = await Hdf5File.open(await storedFile(source, entries, weightsName));
  return { tensors: await keras3Tensors(file, keras3Layers(config)) };
}

/** A file of the archive as a source; its checksum is verified first, as later reads are not in order. */
async function storedFile(
  source: ByteSource,
  entries: ZipEntries,
  name: string,
): Promise<ByteSource> {
  const entry = entries.get(name);
  if (!entry) throw new WeightsError(`the archive holds no ${name}`);
  if (!entry.stored) {
    throw new WeightsError(`${name} is compressed, as Keras never does: save the model again`);
  }
  let checked = 0;
  for await (const piece of entry.pieces()) checked += piece.length;
  return sliceSource(source, entry.stored.offset, checked);
}
