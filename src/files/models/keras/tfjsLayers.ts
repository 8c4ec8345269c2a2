import type { ByteSource } from '../../bytes/byteSource';
import type { OpenBeside } from '../../bytes/openBeside';
import { WeightsError } from '../../bytes/weightsError';
import { fieldsOf, readSmallJson } from '../../containers/smallJson';
import { readTfjsManifest } from '../../containers/tfjsManifest';
import { maxTfjsJsonBytes, tfjsModel } from '../../formats/tfjsModel';
import type { TensorInFile } from '../../tensors/tensorFile';
import type { KerasFile } from './kerasFile';
import { findByName } from './namedTensors';

/** A layers model of TensorFlow.js, or of its converter, whose config is Keras'; undefined where it is a graph model. */
export async function openTfjsLayers(
  source: ByteSource,
  openBeside: OpenBeside,
): Promise<KerasFile | undefined> {
  const model = fieldsOf(await readSmallJson(source, maxTfjsJsonBytes)) ?? {};
  const topology = fieldsOf(model['modelTopology']);
  const config = topology?.['model_config'] ?? topology;
  if (fieldsOf(config)?.['class_name'] === undefined) return undefined;
  const version = topology?.['keras_version'];
  const about = {
    ...{ format: 'TensorFlow.js', version, config },
    metadata: model['userDefinedMetadata'],
  };
  try {
    const { tensors, close } = await tfjsModel.open(source, openBeside);
    return { ...about, find: find(tensors), ...(close && { close }) };
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error;
    return { ...about, missing: error.message, ...listed(model) };
  }
}

/** Which weights a manifest lists, where their bytes are not to be had. */
function listed(model: unknown): Pick<KerasFile, 'find'> {
  try {
    const entries = readTfjsManifest(model).flatMap((group) => group.entries);
    const unread = (name: string) => (): never => {
      throw new WeightsError(`${name} cannot be read`);
    };
    return { find: find(entries.map((entry) => ({ ...entry, pieces: unread(entry.name) }))) };
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error;
    return {};
  }
}

function find(tensors: readonly TensorInFile[]) {
  return findByName(tensors.map((tensor) => ({ names: tensor.name.split('/'), tensor })));
}
