import { elementCount } from '../../../network/tensor/shape';
import type { OpenBeside } from '../../bytes/openBeside';
import { WeightsError } from '../../bytes/weightsError';
import { readTfjsManifest, type TfjsEntry } from '../../containers/tfjsManifest';
import { openTfjsShards, type PlacedEntry, type TfjsShards } from '../../containers/tfjsShards';
import { tfjsTensor } from '../../formats/tfjsTensor';
import { type Constant, maxValues } from '../onnx/graph/constant';

/** The constants of a graph model, and why their values are not to be had where a file of them is missing. */
export interface GraphConstants {
  readonly constants: ReadonlyMap<string, Constant>;
  readonly missing: string | undefined;
  close(): Promise<void>;
}

/** Opens the tensors that a manifest lists; throws a WeightsError where it lists none. */
export async function graphConstants(
  model: unknown,
  openBeside: OpenBeside,
): Promise<GraphConstants> {
  const groups = readTfjsManifest(model);
  let shards: TfjsShards;
  try {
    shards = await openTfjsShards(groups, openBeside);
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error;
    const entries = groups.flatMap((group) => group.entries);
    const constants = entries.map((entry) => [entry.name, unread(entry, error)] as const);
    return {
      constants: new Map(constants),
      missing: error.message,
      close: () => Promise.resolve(),
    };
  }
  try {
    const constants = new Map<string, Constant>();
    for (const place of shards.placed) constants.set(place.entry.name, await constantAt(place));
    return { constants, missing: undefined, close: () => shards.close() };
  } catch (error) {
    await shards.close();
    throw error;
  }
}

function unread({ name, shape, byteLength, isWhole }: TfjsEntry, error: WeightsError): Constant {
  const pieces = (): AsyncIterable<Float32Array> => failing(error);
  return { ...{ name, byteLength, isWhole, pieces }, dims: shape, fault: error.message };
}

async function constantAt(place: PlacedEntry): Promise<Constant> {
  const { name, shape, byteLength, isWhole, packing } = place.entry;
  const about = { name, dims: shape, isWhole, byteLength };
  const count = elementCount(shape);
  if (isWhole && !packing) return await wholes(place, about);
  const { pieces } = tfjsTensor(place, packing ?? { type: 'F32' });
  if (count > maxValues) return { ...about, pieces };
  const values: number[] = [];
  for await (const piece of pieces()) values.push(...piece);
  return { ...about, values: Float64Array.from(values), pieces };
}

/** Integers and truths, which shapes and axes are of; there are no weights of many of them. */
async function wholes(
  { entry: { byteLength, shape }, source, offset }: PlacedEntry,
  about: Omit<Constant, 'pieces'>,
): Promise<Constant> {
  const count = elementCount(shape);
  if (count > maxValues) {
    const fault = `${about.name} holds ${count} whole numbers, no weights`;
    return { ...about, fault, pieces: () => failing(new WeightsError(fault)) };
  }
  const bytes = await source.read(offset, byteLength);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isTruth = byteLength === count;
  const values = Float64Array.from({ length: count }, (_, at) =>
    isTruth ? view.getUint8(at) : view.getInt32(4 * at, true),
  );
  return { ...about, values, pieces: () => one(Float32Array.from(values)) };
}

async function* one(values: Float32Array): AsyncGenerator<Float32Array> {
  yield await Promise.resolve(values);
}

// eslint-disable-next-line require-yield -- what is not there has no pieces
async function* failing(error: WeightsError): AsyncGenerator<Float32Array> {
  await Promise.reject(error);
}
