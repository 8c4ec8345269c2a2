import type { ByteSource } from '../bytes/byteSource';
import { fieldsOf, readSmallJson } from '../containers/smallJson';
import { readTfjsManifest } from '../containers/tfjsManifest';
import { readTfjsGraph } from '../containers/tfjsGraph';
import { openTfjsShards, type PlacedEntry } from '../containers/tfjsShards';
import { tfjsTensor } from './tfjsTensor';
import type { TensorFile, TensorInFile, WeightsFormat } from '../tensors/tensorFile';
import type { OpenBeside } from '../bytes/openBeside';
import { WeightsError } from '../bytes/weightsError';
import { placedTensors } from './tfjsLayers';

/** Bound of a model.json; a graph model's topology with its constants can take some megabytes. */
export const maxTfjsJsonBytes = 2 ** 23;

/** Keys of which TensorFlow.js and its converter write one first. */
const firstKey =
  /^\s*\{\s*"(modelTopology|weightsManifest|format|generatedBy|convertedBy|signature|userDefinedMetadata|trainingConfig|modelInitializer)"\s*:/;
const firstKeyBytes = 256;

/** TensorFlow.js' layers and graph models: a model.json, and shards of weights beside it. */
export const tfjsModel: WeightsFormat = {
  name: "TensorFlow.js' model.json",
  recognises,
  open,
};

async function recognises(source: ByteSource): Promise<boolean> {
  const start = await source.read(0, Math.min(firstKeyBytes, source.size));
  return firstKey.test(new TextDecoder().decode(start));
}

async function open(source: ByteSource, openBeside: OpenBeside): Promise<TensorFile> {
  const model = await readSmallJson(source, maxTfjsJsonBytes);
  const groups = readTfjsManifest(model);
  const savedFor = fieldsOf(fieldsOf(model)?.['userDefinedMetadata'])?.['variant'];
  const { placed, close } = await openTfjsShards(groups, openBeside);
  try {
    const tensors = await placedTensors(readTfjsGraph(model), weightsIn(placed));
    if (tensors.length === 0) throw new WeightsError('the weightsManifest lists no weights');
    return { tensors, close, ...(typeof savedFor === 'string' && { savedFor }) };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The weights among the tensors by their names in the file. */
function weightsIn(placed: readonly PlacedEntry[]): ReadonlyMap<string, TensorInFile> {
  return new Map(
    placed.flatMap((place): (readonly [string, TensorInFile])[] => {
      const { name, packing } = place.entry;
      if (!packing) return [];
      return [[name, { ...tfjsTensor(place, packing), name: variableName(name) }]];
    }),
  );
}

/** What TensorFlow 2 calls the reading of a layer's variables, by the weight that is read. */
const readings: readonly (readonly [end: RegExp, weight: string])[] = [
  [/\/(Conv2D|MatMul)\/ReadVariableOp(\/resource)?$/, '/kernel'],
  [/\/BiasAdd\/ReadVariableOp(\/resource)?$/, '/bias'],
  [/\/FusedBatchNormV3\/ReadVariableOp(\/resource)?$/, '/moving_mean'],
  [/\/FusedBatchNormV3\/ReadVariableOp_1(\/resource)?$/, '/moving_variance'],
  [/\/ReadVariableOp(\/resource)?$/, '/gamma'],
  [/\/ReadVariableOp_1(\/resource)?$/, '/beta'],
];

/** A graph's name of a variable as Keras would have it: `conv1/Conv2D/ReadVariableOp` is `conv1/kernel`. */
function variableName(name: string): string {
  const reading = readings.find(([end]) => end.test(name));
  return reading ? name.replace(...reading) : name;
}
