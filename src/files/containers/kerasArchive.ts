import type { ByteSource } from '../bytes/byteSource';
import { sliceSource } from '../bytes/sliceSource';
import { WeightsError } from '../bytes/weightsError';
import { readSmallJson } from './smallJson';
import type { ZipEntries, ZipEntry } from './zip';

export const archiveConfigName = 'config.json';
/** A model's weights in a `.keras` archive. */
export const archiveWeights = 'model.weights.h5';
/** Bound of a config.json; NASNetLarge's has a megabyte. */
export const maxConfigBytes = 2 ** 22;

/** The config of a model in a `.keras` archive, or another JSON of it. */
export async function archiveConfig(
  source: ByteSource,
  entries: ZipEntries,
  name = archiveConfigName,
): Promise<unknown> {
  return await readSmallJson(await archivedFile(source, entries, name), maxConfigBytes);
}

/** A file of the archive as a source; its checksum is verified first, as later reads are not in order. */
export async function archivedFile(
  source: ByteSource,
  entries: ZipEntries,
  name: string,
): Promise<ByteSource> {
  const entry = entryOf(entries, name);
  if (!entry.stored) {
    throw new WeightsError(`${name} is compressed, as Keras never does: save the model again`);
  }
  let checked = 0;
  for await (const piece of entry.pieces({ reuse: true })) checked += piece.length;
  return sliceSource(source, entry.stored.offset, checked);
}

function entryOf(entries: ZipEntries, name: string): ZipEntry {
  const entry = entries.get(name);
  if (entry) return entry;
  throw new WeightsError(`the archive holds no ${name}`);
}
