import type { ByteSource } from '../bytes/byteSource';
import { fieldsOf, readSmallJson } from '../containers/smallJson';
import type { Packing, TfjsEntry } from '../containers/tfjsManifest';
import { readTfjsManifest } from '../containers/tfjsManifest';
import { readTfjsGraph } from '../containers/tfjsGraph';
import { rawTensor } from '../tensors/rawTensor';
import { joinedSource, partPieces } from '../bytes/sliceSource';
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
  const opened: ByteSource[] = [];
  const close = async (): Promise<void> => {
    for (const shard of opened) await shard.close();
  };
  try {
    const byName = new Map<string, TensorInFile>();
    for (const { paths, entries } of groups) {
      const shards: ByteSource[] = [];
      for (const path of paths) {
        const shard = await openBeside(path);
        shards.push(shard);
        opened.push(shard);
      }
      for (const [name, tensor] of tensorsOf(joinedSource(shards), entries))
        byName.set(name, tensor);
    }
    const tensors = await placedTensors(readTfjsGraph(model), byName);
    if (tensors.length === 0) throw new WeightsError('the weightsManifest lists no weights');
    return { tensors, close, ...(typeof savedFor === 'string' && { savedFor }) };
  } catch (error) {
    await close();
    throw error;
  }
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

/** The tensors of a group by their names there, which are back to back and fill its files exactly. */
function tensorsOf(
  source: ByteSource,
  entries: readonly TfjsEntry[],
): readonly (readonly [string, TensorInFile])[] {
  const total = entries.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (total !== source.size) {
    const names = entries.length === 1 ? '' : ` to ${entries.at(-1)?.name ?? 'none'}`;
    throw new WeightsError(
      `${entries[0]?.name ?? 'nothing'}${names} takes ${total} bytes, its files have ${source.size}`,
    );
  }
  let offset = 0;
  return entries.flatMap((entry) => {
    const start = offset;
    offset += entry.byteLength;
    return entry.packing
      ? [[entry.name, tensorOf(source, entry, entry.packing, start)] as const]
      : [];
  });
}

function tensorOf(
  source: ByteSource,
  { name: stored, shape, byteLength }: TfjsEntry,
  packing: Packing,
  offset: number,
): TensorInFile {
  const name = variableName(stored);
  if ('scale' in packing) {
    return { name, shape, byteLength, pieces: () => unpack(source, offset, byteLength, packing) };
  }
  return rawTensor(source, { name, type: packing.type, shape, offset, byteLength });
}

async function* unpack(
  source: ByteSource,
  offset: number,
  byteLength: number,
  { type, scale, min }: Extract<Packing, { scale: number }>,
): AsyncGenerator<Float32Array> {
  for await (const bytes of partPieces(source, offset, byteLength)) {
    const integers =
      type === 'U8' ? bytes : new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
    const values = new Float32Array(integers.length);
    for (let i = 0; i < values.length; i++) values[i] = (integers[i] ?? 0) * scale + min;
    yield values;
  }
}
