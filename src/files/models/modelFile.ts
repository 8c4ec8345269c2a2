import type { ByteSource } from '../bytes/byteSource';
import type { OpenBeside } from '../bytes/openBeside';
import { isHdf5 } from '../containers/hdf5/hdf5Superblock';
import { isZip } from '../containers/zip';
import { onnx } from '../formats/onnx';
import { tfjsModel } from '../formats/tfjsModel';
import { isArchive, openArchive } from './keras/archive';
import type { KerasFile } from './keras/kerasFile';
import { kerasPlans } from './keras/kerasPlans';
import { openTfjsLayers } from './keras/tfjsLayers';
import { openWholeH5 } from './keras/wholeH5';
import { openOnnx } from './onnx/onnxFile';
import type { ModelFile } from './plans/modelFile';
import { openTfjsGraph } from './tensorflow/tensorflowFile';

/** Opens a file by its content; undefined where it holds no model that is read. Throws a WeightsError for a damaged one. */
export async function openModelFile(
  source: ByteSource,
  openBeside: OpenBeside,
  size: readonly [height: number, width: number],
): Promise<ModelFile | undefined> {
  if (await onnx.recognises(source)) return await openOnnx(source, openBeside, size);
  const file = await openKeras(source, openBeside);
  if (!file) {
    const isTfjs = await tfjsModel.recognises(source);
    return isTfjs ? await openTfjsGraph(source, openBeside, size) : undefined;
  }
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
