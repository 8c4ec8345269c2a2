import type { ByteSource } from '../../bytes/byteSource';
import { bytesSource } from '../../bytes/byteSource';
import { Hdf5File } from '../../containers/hdf5/hdf5File';
import { maxConfigBytes } from '../../containers/kerasArchive';
import { readSmallJson } from '../../containers/smallJson';
import { sameShape } from '../../../network/tensor/shape';
import type { TensorInFile } from '../../tensors/tensorFile';
import type { FindTensors } from '../plans/modelWeights';
import type { WeightSlot } from '../plans/weightSlots';
import type { KerasFile } from './kerasFile';
import { byName, grouped, type NamedTensor } from './namedTensors';

const modelGroup = '/model_weights';

/** A whole model as Keras 1 and 2, and Keras 3's legacy format, write it; undefined where the file holds weights only. */
export async function openWholeH5(source: ByteSource): Promise<KerasFile | undefined> {
  const file = await Hdf5File.open(source);
  const [text] = (await file.texts('', 'model_config', maxConfigBytes)) ?? [];
  if (text === undefined) return undefined;
  const config = await readSmallJson(bytesSource(Buffer.from(text)), maxConfigBytes);
  const [version] = (await file.texts('', 'keras_version')) ?? [];
  const opened = { format: 'Keras', version, config };
  const isThere = await file.isGroup(modelGroup);
  return isThere
    ? { ...opened, find: finder(file) }
    : { ...opened, missing: 'the file holds no weights' };
}

/** By the layers of the outermost model: a group has the weights of all that is in one. */
function finder(file: Hdf5File): FindTensors {
  return async (slots) => {
    const found = new Map<WeightSlot, TensorInFile>();
    for (const [name, own] of grouped(slots, ({ of }) => of.path[0] ?? '')) {
      const tensors = await tensorsIn(file, name);
      for (const [slot, tensor] of assigned(own, tensors)) found.set(slot, tensor);
    }
    return found;
  };
}

async function tensorsIn(file: Hdf5File, layer: string): Promise<readonly NamedTensor[]> {
  const group = `${modelGroup}/${layer}`;
  const tensors: NamedTensor[] = [];
  for (const weight of (await file.texts(group, 'weight_names')) ?? []) {
    const tensor = await file.tensor(`${group}/${weight}`, weight);
    if (tensor) tensors.push({ names: weight.replace(/:\d+$/, '').split('/'), tensor });
  }
  return tensors;
}

/**
 * By the names of variables; of a model, whose layers' names Keras may have changed within it, in Keras' order where names
 * do not tell: what learns of all its layers, then what does not, or layer by layer where the model was frozen.
 */
function assigned(
  slots: readonly WeightSlot[],
  tensors: readonly NamedTensor[],
): ReadonlyMap<WeightSlot, TensorInFile> {
  const isModel = slots.some(({ of }) => of.path.length > 1);
  // A layer alone in its group may have another name there, which a copy of it had.
  const own = tensors.map(({ names, tensor }) => ({
    tensor,
    names: [slots[0]?.of.path[0] ?? '', names.at(-1) ?? ''],
  }));
  const named = byName(slots, isModel ? tensors : own);
  if (named.size === slots.length || tensors.length !== slots.length) return named;
  const learning = (does: boolean): readonly WeightSlot[] =>
    slots.filter(({ spec }) => spec.trainable === does);
  const orders = [[...learning(true), ...learning(false)], slots];
  const fitting = orders.find((order) =>
    order.every(({ shape }, at) => sameShape(shape, tensors[at]?.tensor.shape ?? [])),
  );
  return fitting
    ? new Map(fitting.flatMap((slot, at) => (tensors[at] ? [[slot, tensors[at].tensor]] : [])))
    : named;
}
