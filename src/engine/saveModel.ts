import { basename, dirname } from 'node:path';
import type { Layer, WeightSpec } from '../network/layers/layer';
import { elementCount } from '../network/tensor/shape';
import { tensorCount, layerNamed, type Network } from '../network/network';
import type { ModelDocument } from '../network/modelDocument';
import type { Progress, SaveFormat, SaveParams, SavedWeights } from '../protocol/engineProtocol';
import type { CallContext } from '../protocol/rpc';
import { PartFolder } from '../files/save/partFolder';
import type { ValuesOf } from '../files/save/savedNames';
import { kerasWeights, safetensorsWeights } from '../files/save/savedNames';
import type { WriteWeights, WeightToSave } from '../files/save/weightToSave';
import { writeNpz } from '../files/save/writeNpz';
import { writeSafetensors } from '../files/save/writeSafetensors';
import { writeTfjs } from '../files/save/writeTfjs';
import { collectGarbage } from './runtime/collectGarbage';
import { EngineError } from './runtime/engineError';
import { yieldToEventLoop } from './runtime/pacing';
import type { BuiltModel } from './model/builtModel';
import { weightValues } from './model/weightValues';
import { explainMemory } from './runtime/outOfMemory';
import { movedAxes } from '../files/save/movedAxes';
import type { StoredTensor } from '../protocol/storedTensor';

const formats: Readonly<
  Record<SaveFormat, { readonly write: WriteWeights; readonly named: typeof kerasWeights }>
> = {
  safetensors: { write: writeSafetensors, named: safetensorsWeights },
  npz: { write: writeNpz, named: kerasWeights },
  tfjs: { write: writeTfjs, named: kerasWeights },
};

/** Writes a model's weights, one at a time in memory; the file is there when all of it is on the disk, or not at all. */
export async function saveModel(
  model: BuiltModel,
  document: ModelDocument,
  { path, part, format, tensors }: SaveParams,
  { signal, report }: CallContext<Progress>,
): Promise<SavedWeights> {
  const { id: documentId, network } = document;
  const total = network.layers.flatMap(({ weights }) => weights).reduce(addSize, 0);
  let saved = 0;
  const valuesOf: ValuesOf = async (layer: Layer, spec: WeightSpec) => {
    collectGarbage(Float32Array.BYTES_PER_ELEMENT * elementCount(spec.shape));
    await yieldToEventLoop();
    signal.throwIfAborted();
    report({ what: `saving ${layer.name}`, fraction: saved / total });
    saved = addSize(saved, spec);
    return await weightValues(model, layer, spec);
  };
  const { write, named } = formats[format];
  const folder = dirname(path);
  try {
    const parts = await PartFolder.create(part, signal);
    try {
      const place = { folder: parts, name: basename(path), path, documentId };
      await explainMemory(() =>
        tensors
          ? write(storedWeights(network, tensors, valuesOf), place)
          : write(named(document, valuesOf), { ...place, network }),
      );
      await parts.moveTo(folder);
    } finally {
      await parts.remove();
    }
  } catch (error) {
    throw explainDisk(error, path, folder);
  }
  return { documentId, tensors: tensors?.length ?? tensorCount(network) };
}

/** The tensors that code loads, each from a layer's weight with its axes moved, or from numbers. */
export function storedWeights(
  network: Network,
  tensors: readonly StoredTensor[],
  valuesOf: ValuesOf,
): readonly WeightToSave[] {
  return tensors.map(({ name, shape, from }) => {
    if ('values' in from) return { name, shape, values: () => Promise.resolve(from.values) };
    const layer = layerNamed(network, from.layer);
    const spec = layer.weights.find((each) => each.name === from.weight);
    if (!spec) throw new EngineError(`${layer.name} has no ${from.weight}`);
    const { axes } = from;
    const own = from.shape ?? spec.shape;
    const values = async (): Promise<Float32Array> => {
      const read = await valuesOf(layer, spec);
      return axes ? movedAxes(read, own, axes) : read;
    };
    return { name, shape, values };
  });
}

function addSize(sum: number, { shape }: WeightSpec): number {
  return sum + elementCount(shape);
}

/** Why a file could not be written, in a sentence; other errors as they are. */
function explainDisk(error: unknown, path: string, folder: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new EngineError(`the disk is full: free some space for ${folder} and save again`, {
      cause: error,
    });
  }
  return new EngineError(`${path} could not be written (${code}): save it elsewhere`, {
    cause: error,
  });
}
