import type { ByteSource } from '../bytes/byteSource';
import { Hdf5File } from '../containers/hdf5/hdf5File';
import {
  archiveConfig,
  archiveConfigName,
  archivedFile,
  archiveWeights,
} from '../containers/kerasArchive';
import { openZip, zipNames } from '../containers/zip';
import type { TensorFile, WeightsFormat } from '../tensors/tensorFile';
import { keras3Layers } from './keras3Layers';
import { keras3Tensors } from './keras3Tensors';

/** Keras 3's archive: the model's config as JSON, which is read as data only, and its weights as HDF5. */
export const keras3: WeightsFormat = { name: 'Keras .keras', recognises, open };

async function recognises(source: ByteSource): Promise<boolean> {
  const names = await zipNames(source);
  return names.includes(archiveConfigName) && names.some((name) => /^model\.weights\./.test(name));
}

async function open(source: ByteSource): Promise<TensorFile> {
  const entries = await openZip(source);
  const config = await archiveConfig(source, entries);
  const file = await Hdf5File.open(await archivedFile(source, entries, archiveWeights));
  return { tensors: await keras3Tensors(file, keras3Layers(config)) };
}
