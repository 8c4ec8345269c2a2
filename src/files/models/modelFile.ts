import type { ByteSource } from '../bytes/byteSource';
import type { OpenBeside } from '../bytes/openBeside';
import { isHdf5 } from '../containers/hdf5/hdf5Superblock';
import { isZip } from '../containers/zip';
import { tfjsModel } from '../formats/tfjsModel';
import { isArchive, openArchive } from './keras/archive';
import type { KerasFile } from './keras/kerasFile';
import { kerasPlans } from './keras/kerasPlans';
import { openTfjsLayers } from './keras/tfjsLayers';
import { openWholeH5 } from './keras/wholeH5';
import type { ModelPlans } from './plans/modelPlans';
import type { FindTensors } from './plans/modelWeights';

/** A file of a model, opened: its layers before shapes are known, and a way to its weights. */
export interface ModelFile {
  /** Such as `Keras 3.15.1`. */
  readonly format: string;
  readonly plans: ModelPlans;
  readonly find: FindTensors;
  /** Why its weights are not there. */
  readonly missing: string | undefined;
  /** What the file says of its classes. */
  readonly metadata: unknown;
  close(): Promise<void>;
}

/** Opens a file by its content; undefined where it holds no model that is read. Throws a WeightsError for a damaged one. */
export async function openModelFile(
  source: ByteSource,
  openBeside: OpenBeside,
  size: readonly [height: number, width: number],
): Promise<ModelFile | undefined> {
  const file = await openKeras(source, openBeside);
  if (!file) return undefined;
  const { format, version, config, missing, metadata } = file;
  const close = async (): Promise<void> => await file.close?.();
  const said = typeof version === 'string' ? version : '';
  try {
    const plans = kerasPlans(config, { isKeras2: !said.startsWith('3'), size });
    const find = file.find ?? (() => Promise.resolve(new Map()));
    return { format: `${format} ${said}`.trim(), plans, find, missing, metadata, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openKeras(
  source: ByteSource,
  openBeside: OpenBeside,
): Promise<KerasFile | undefined> {
  if (await isZip(source)) return (await isArchive(source)) ? await openArchive(source) : undefined;
  if (await isHdf5(source)) return await openWholeH5(source);
  if (await tfjsModel.recognises(source)) return await openTfjsLayers(source, openBeside);
  return undefined;
}
