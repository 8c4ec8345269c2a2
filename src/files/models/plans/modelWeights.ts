import type { Problem } from '../../../network/network';
import type { Network } from '../../../network/network';
import { formatShape, sameShape } from '../../../network/tensor/shape';
import { inputsBeforeOutputs, type Placing } from '../../tensors/layouts';
import type { TensorInFile } from '../../tensors/tensorFile';
import { checkTensor, readTensor } from '../../tensors/tensorValues';
import type { WeightInFile } from '../../weightsFile';
import type { FileLayer } from './modelPlans';
import { type WeightSlot, weightSlots } from './weightSlots';

/** A tensor of a file that is a weight. */
export interface FoundTensor extends TensorInFile {
  /** How its values come into the network's order, where the file has another; its shape is already the network's. */
  readonly placing?: Placing;
  /** Why its values are not to be had. */
  readonly fault?: string;
}

/** Finds the tensors of weights in a file, by name or by their place; without those that are not there. */
export type FindTensors = (
  slots: readonly WeightSlot[],
) => Promise<ReadonlyMap<WeightSlot, FoundTensor>>;

/** A model's weights in its file, none of which has been read. */
export interface ModelWeights {
  /** By the network's name, such as `block/conv.kernel`: those that are there and have the shape that is wanted. */
  readonly weights: ReadonlyMap<string, WeightInFile>;
  /** Why the model cannot run with them, a sentence for each layer: a weight is missing or has another shape. */
  readonly problems: readonly Problem[];
}

/** Finds every weight of a network in its own file. */
export async function modelWeights(
  network: Network,
  layers: readonly FileLayer[],
  find: FindTensors,
): Promise<ModelWeights> {
  const all = weightSlots(network, layers);
  const slots = all.filter((slot) => !isCount(slot));
  const found = await find(slots);
  const weights = new Map<string, WeightInFile>();
  const problems = new Map<string, Problem>();
  for (const slot of slots) {
    const tensor = found.get(slot);
    const { name } = slot.layer;
    const sentence = faultOf(slot, tensor);
    if (sentence !== undefined && !problems.has(name)) {
      problems.set(name, { layer: name, sentence: `${name}: ${sentence}` });
    }
    if (tensor && sentence === undefined) weights.set(slot.key, inFile(slot, tensor));
  }
  for (const { key } of all.filter(isCount)) weights.set(key, uncounted(key));
  return { weights, problems: [...problems.values()] };
}

/** How many values a normalisation was taken from is an integer, which nothing here needs. */
function isCount({ spec }: WeightSlot): boolean {
  return spec.name === 'count';
}

function uncounted(name: string): WeightInFile {
  const read = (): Promise<Float32Array> => Promise.resolve(new Float32Array(1));
  return { name, byteLength: 0, check: () => Promise.resolve(), read };
}

function faultOf({ spec, shape }: WeightSlot, tensor: FoundTensor | undefined): string | undefined {
  if (!tensor) return `its ${spec.name} (${formatShape(shape)}) is not in the file`;
  if (tensor.fault !== undefined) return `its ${spec.name} is not to be had: ${tensor.fault}`;
  if (sameShape(tensor.shape, shape)) return undefined;
  return `its ${spec.name} is ${formatShape(tensor.shape)} in the file, and should be ${formatShape(shape)}`;
}

function inFile({ order, shape }: WeightSlot, tensor: FoundTensor): WeightInFile {
  return {
    name: tensor.name,
    byteLength: tensor.byteLength,
    check: () => checkTensor(tensor),
    read: () =>
      readTensor(tensor, order === 'transposed' ? inputsBeforeOutputs(shape) : tensor.placing),
  };
}
