import type { ByteSource } from '../../bytes/byteSource';
import { WeightsError } from '../../bytes/weightsError';
import { Hdf5File } from '../../containers/hdf5/hdf5File';
import { archiveConfig, archivedFile, archiveWeights } from '../../containers/kerasArchive';
import { fieldsOf } from '../../containers/smallJson';
import { openZip } from '../../containers/zip';
import type { TensorInFile } from '../../tensors/tensorFile';
import type { FindTensors } from '../plans/modelWeights';
import type { WeightSlot } from '../plans/weightSlots';
import type { KerasFile } from './kerasFile';

/** The lists of a model's layers in its file of weights: Keras 3's, and Keras 2.12's. */
const lists = ['layers', '_layer_checkpoint_dependencies'] as const;

/** Keras 3's archive: config and metadata as JSON, weights as HDF5. */
export async function openArchive(source: ByteSource): Promise<KerasFile> {
  const entries = await openZip(source);
  const config = await archiveConfig(source, entries);
  const metadata = entries.has('metadata.json')
    ? await archiveConfig(source, entries, 'metadata.json')
    : undefined;
  const version = fieldsOf(metadata)?.['keras_version'];
  if (!entries.has(archiveWeights)) {
    const missing = `the archive holds no ${archiveWeights}`;
    return { format: 'Keras', version, config, missing };
  }
  const file = await Hdf5File.open(await archivedFile(source, entries, archiveWeights));
  return { format: 'Keras', version, config, find: finder(file) };
}

function finder(file: Hdf5File): FindTensors {
  return async (slots) => {
    const list = (await file.isGroup(`/${lists[1]}`)) ? lists[1] : lists[0];
    const found = new Map<WeightSlot, TensorInFile>();
    for (const slot of slots) {
      const group = slot.of.groups.map((name) => `/${list}/${name}`).join('');
      const names = await file.names(`${group}/vars`);
      if (!names.includes(String(slot.index))) continue;
      const tensor = await file.tensor(`${group}/vars/${slot.index}`, slot.key);
      if (tensor) found.set(slot, tensor);
    }
    return found;
  };
}

/** Whether it is a zip archive that says it is a Keras model; throws a WeightsError where it is one that is damaged. */
export async function isArchive(source: ByteSource): Promise<boolean> {
  const entries = await openZip(source);
  if (entries.has('config.json')) return true;
  throw new WeightsError('the archive is not a Keras model: it holds no config.json');
}
