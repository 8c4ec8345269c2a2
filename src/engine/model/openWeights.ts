import type { Layer } from '../../network/layers/layer';
import { tensorCount } from '../../network/network';
import type { ModelDocument } from '../../network/modelDocument';
import type { ChosenReading, WeightsInfo, WeightsSource } from '../../protocol/engineProtocol';
import { fileSource } from '../../files/bytes/byteSource';
import type { NetworkWeights } from '../../files/matching/networkWeights';
import { weightKey } from '../../files/matching/networkWeights';
import { openModelWeights } from '../../files/models/readModel';
import { openPackedWeights } from '../../files/packed/packedWeights';
import { randomLayerWeights } from '../../files/randomWeights';
import type { WeightsFile } from '../../files/weightsFile';
import { openWeightsFile } from '../../files/weightsFile';
import { openSource } from './openSource';
import { WeightsError } from '../../files/bytes/weightsError';

interface ReadOptions {
  readonly signal: AbortSignal;
  readonly onTensor: (name: string, fraction: number) => void;
}

/** Weights that fit a network, to be had layer by layer, so that they are never in JavaScript's memory all at once. */
export interface OpenedWeights {
  readonly info: WeightsInfo;
  /** Reads every value and keeps none; throws a WeightsError where one makes no sense. */
  check(options: ReadOptions): Promise<void>;
  /** One layer's weights; each layer is asked for once. */
  layer(layer: Layer, options: ReadOptions): Promise<NetworkWeights>;
  close(): Promise<void>;
}

/** Opens a file of weights, or draws them; `wanted` is the document where the source does not say, `others` may be what it says. */
export async function openWeights(
  source: WeightsSource,
  wanted: ModelDocument,
  others: readonly ModelDocument[],
  chosen: ChosenReading = {},
): Promise<OpenedWeights> {
  if (source.kind === 'random') return openRandom(wanted, source.seed);
  if (source.kind === 'packed') return await openPacked(source, wanted);
  if (source.kind === 'model') return await openModel(source, wanted);
  const { bytes, beside } = await openSource(source);
  try {
    const file = await openWeightsFile(bytes, [wanted, ...others], beside, chosen.set);
    const close = async (): Promise<void> => {
      await file.close();
      await bytes.close();
    };
    const remarks = remarksOn(file, [wanted, ...others], chosen);
    return { ...opened(file, { name: source.name, remarks }), close };
  } catch (error) {
    await bytes.close();
    throw error;
  }
}

function openRandom({ id: documentId, network }: ModelDocument, seed: number): OpenedWeights {
  const { layers } = network;
  const tensors = tensorCount(network);
  return {
    info: { documentId, trained: false, name: `random, seed ${seed}`, tensors },
    check: () => Promise.resolve(),
    layer: (layer, { onTensor }) => {
      onTensor(layer.name, layers.indexOf(layer) / layers.length);
      return Promise.resolve(randomLayerWeights(layer, seed));
    },
    close: () => Promise.resolve(),
  };
}

/** A model's own weights; throws a WeightsError that names the first that is missing or has another shape. */
async function openModel(
  { name, at }: Extract<WeightsSource, { kind: 'model' }>,
  { id: documentId, network }: ModelDocument,
): Promise<OpenedWeights> {
  const { bytes: source, beside: openBeside } = await openSource(at);
  try {
    const file = await openModelWeights(source, openBeside, network);
    const [problem] = file.problems;
    if (problem) {
      await file.close();
      throw new WeightsError(problem.sentence);
    }
    const close = async (): Promise<void> => {
      await file.close();
      await source.close();
    };
    return { ...opened({ documentId, weights: file.weights }, { name, remarks: [] }), close };
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function openPacked(
  { name, path }: Extract<WeightsSource, { kind: 'packed' }>,
  { id: documentId, network }: ModelDocument,
): Promise<OpenedWeights> {
  const source = await fileSource(path);
  try {
    const packed = await openPackedWeights(source);
    if (packed.documentId !== documentId)
      throw new WeightsError(`the packed weights are for ${packed.documentId}, not ${documentId}`);
    const { layers } = network;
    return {
      info: { documentId, trained: true, name, tensors: tensorCount(network) },
      check: () => Promise.resolve(),
      layer: (layer, { onTensor }) => {
        onTensor(layer.name, layers.indexOf(layer) / layers.length);
        return packed.layer(network, layer);
      },
      close: () => source.close(),
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** What is read of a file without a doubt is not spoken of. */
function remarksOn(
  { leftOut, alsoFits, documentId, set, otherSets }: WeightsFile,
  documents: readonly ModelDocument[],
  chosen: ChosenReading,
): readonly string[] {
  const title = (id: string): string => documents.find((each) => each.id === id)?.title ?? id;
  const listed = (names: readonly string[], word: string): string =>
    names.length > 1
      ? `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1) ?? ''}`
      : (names[0] ?? '');
  const more = leftOut.length - mostNamed;
  const named = leftOut.slice(0, mostNamed).join(', ') + (more > 0 ? ` and ${more} more` : '');
  return [
    ...(otherSets.length > 0 && chosen.set === undefined
      ? [`Read from ${set}; ${listed(otherSets, 'and')} would be complete as well.`]
      : []),
    ...(alsoFits.length > 0 && !chosen.isForDocument
      ? [
          `The file does not say how its network normalises: it is read for ${title(documentId)}, and fits ${listed(alsoFits.map(title), 'and')} as well.`,
        ]
      : []),
    ...(leftOut.length > 0 ? [`Left out, as no layer has it: ${named}.`] : []),
  ];
}

const mostNamed = 5;

function opened(
  { documentId, weights }: Pick<WeightsFile, 'documentId' | 'weights'>,
  { name, remarks }: Required<Pick<WeightsInfo, 'name' | 'remarks'>>,
): Omit<OpenedWeights, 'close'> {
  const total = [...weights.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  let bytes = 0;
  return {
    info: {
      ...{ documentId, trained: true, name, tensors: weights.size },
      ...(remarks.length > 0 && { remarks }),
    },
    async check({ signal, onTensor }) {
      let checked = 0;
      for (const weight of weights.values()) {
        signal.throwIfAborted();
        await weight.check();
        onTensor(weight.name, (checked += weight.byteLength) / total);
      }
    },
    async layer(layer, { signal, onTensor }) {
      const values = new Map<string, Float32Array>();
      for (const spec of layer.weights) {
        signal.throwIfAborted();
        const key = weightKey(layer.name, spec.name);
        const weight = weights.get(key);
        if (!weight) throw new WeightsError(`${key} is missing`);
        values.set(key, await weight.read());
        onTensor(weight.name, (bytes += weight.byteLength) / total);
      }
      return values;
    },
  };
}
