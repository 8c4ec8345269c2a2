import * as tf from '@tensorflow/tfjs-core';
import { basename, dirname } from 'node:path';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { fileSource } from '../../files/bytes/byteSource';
import { readSafetensorsHeader } from '../../files/formats/safetensors';
import { weightKey } from '../../files/matching/networkWeights';
import { PartFolder } from '../../files/save/partFolder';
import { writeSafetensors } from '../../files/save/writeSafetensors';
import type { SavePlace, WeightToSave } from '../../files/save/weightToSave';
import type { Layer } from '../../network/layers/layer';
import type { Network } from '../../network/network';
import { EngineError } from '../runtime/engineError';
import { DivergenceError } from './divergenceError';
import type { Optimiser } from './optimiser';
import type { TrainableModel } from './trainableModel';

/**
 * A checkpoint is one safetensors file: the weights of every layer that learns by their names, such as `conv1.kernel`;
 * what the optimiser keeps of each, such as `optimiser.0.conv1.kernel`; and the training's state as JSON in the
 * metadata's `training`. Layers that do not learn are not in it: they are those that the training began with.
 */
interface Checkpoint {
  readonly tensors: ReadonlyMap<
    string,
    { readonly shape: readonly number[]; readonly values: Float32Array }
  >;
  readonly state: unknown;
}

interface CheckpointContent {
  readonly documentId: string;
  readonly network: Network;
  readonly model: TrainableModel;
  readonly optimiser: Optimiser;
  readonly state: unknown;
}

const slotPrefix = 'optimiser.';

/** Writes a checkpoint beside its place and renames it; refuses weights that are no numbers. */
export async function writeCheckpoint(path: string, content: CheckpointContent): Promise<void> {
  const { documentId, network, model, optimiser, state } = content;
  const slots = [...optimiser.state()].flatMap(([name, tensors]) =>
    tensors.map((tensor, slot) => ({
      name: `${slotPrefix}${slot}.${name}`,
      shape: tensor.shape,
      values: () => Promise.resolve(tensor.dataSync<'float32'>()),
    })),
  );
  const weights = modelWeights(model, (layer) => model.learns(layer));
  const metadata = { training: JSON.stringify(state) };
  await writeTensors(path, [...weights, ...slots], { documentId, network, metadata });
}

/** Writes all weights of a network that learns as any other set of weights. */
export async function writeWeights(
  path: string,
  { documentId, network, model }: Omit<CheckpointContent, 'optimiser' | 'state'>,
): Promise<void> {
  await writeTensors(
    path,
    modelWeights(model, () => true),
    { documentId, network },
  );
}

/** The same with what a checkpoint has in place of what the model has learned since. */
export async function writeLearned(
  path: string,
  checkpoint: string,
  { documentId, network, model }: Omit<CheckpointContent, 'optimiser' | 'state'>,
): Promise<void> {
  const kept = await readCheckpoint(checkpoint);
  if (!kept) throw new EngineError('nothing was learned yet: there is no checkpoint');
  const tensors = modelWeights(model, () => true).map((weight) => {
    const { values } = kept.tensors.get(weight.name) ?? {};
    return values ? { ...weight, values: () => Promise.resolve(values) } : weight;
  });
  await writeTensors(path, tensors, { documentId, network });
}

function modelWeights(
  model: TrainableModel,
  isWanted: (layer: Layer) => boolean,
): readonly WeightToSave[] {
  return model.network.layers.filter(isWanted).flatMap((layer) =>
    layer.weights.map(({ name, shape }) => {
      const key = weightKey(layer.name, name);
      return {
        name: key,
        shape,
        values: () => Promise.resolve(finite(key, model.valuesOf(layer, name))),
      };
    }),
  );
}

async function writeTensors(
  path: string,
  tensors: readonly WeightToSave[],
  about: Pick<SavePlace, 'documentId' | 'network' | 'metadata'>,
): Promise<void> {
  const part = `${path}.part`;
  // What a killed process left.
  await rm(part, { recursive: true, force: true });
  await mkdir(dirname(path), { recursive: true });
  const folder = await PartFolder.create(part, new AbortController().signal);
  try {
    await writeSafetensors(tensors, { folder, name: basename(path), path, ...about });
    await folder.moveTo(dirname(path));
  } finally {
    await folder.remove();
  }
}

/** What a checkpoint holds; undefined where there is none. */
export async function readCheckpoint(path: string): Promise<Checkpoint | undefined> {
  if (!existsSync(path)) return undefined;
  const source = await fileSource(path);
  try {
    const { entries, metadata } = await readSafetensorsHeader(source);
    const { training } = metadata;
    if (training === undefined) throw new EngineError(`${path} is no checkpoint of a training`);
    const tensors = new Map<string, { shape: readonly number[]; values: Float32Array }>();
    for (const { name, shape, offset, byteLength } of entries) {
      const bytes = await source.read(offset, byteLength);
      tensors.set(name, { shape, values: new Float32Array(bytes.buffer) });
    }
    return { tensors, state: JSON.parse(training) };
  } finally {
    await source.close();
  }
}

/** Gives an optimiser what a checkpoint kept of it. */
export function restoreOptimiser(optimiser: Optimiser, { tensors }: Checkpoint): void {
  const slots = new Map<string, tf.Tensor[]>();
  for (const [name, { shape, values }] of tensors) {
    const [, slot, variable] = /^optimiser\.(\d+)\.(.+)$/.exec(name) ?? [];
    if (variable === undefined) continue;
    const ofVariable = slots.get(variable) ?? [];
    ofVariable[Number(slot)] = tf.tensor(values, [...shape], 'float32');
    slots.set(variable, ofVariable);
  }
  for (const [variable, kept] of slots) {
    optimiser.restore(variable, kept);
    tf.dispose(kept);
  }
}

function finite(name: string, values: Float32Array): Float32Array {
  if (values.every(Number.isFinite)) return values;
  throw new DivergenceError(`${name} holds values that are no numbers: lower the learning rate`);
}
