import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NetworkWeights } from '../../files/matching/networkWeights';
import { randomLayerWeights } from '../../files/randomWeights';
import { inputSize } from '../../network/inputShape';
import type { Layer } from '../../network/layers/layer';
import { layerNamed } from '../../network/network';
import type { Progress, WeightsSource } from '../../protocol/engineProtocol';
import { learningLayers } from '../../protocol/learningLayers';
import type { TrainingOrder } from '../../protocol/trainerProtocol';
import type { TrainingSettings } from '../../protocol/training';
import { openWeights, type OpenedWeights } from '../model/openWeights';
import { EngineError } from '../runtime/engineError';
import { paced } from '../runtime/pacing';
import { Batches } from './batches';
import { writeWeights } from './checkpoint';
import { checkLearnable } from './learnable';
import { PictureStore } from './pictureStore';
import { storedAs } from './prepare';
import { Training, type TrainingPlan } from './training';

/** A training that can run, and its decoded pictures. */
export interface Opened {
  readonly training: Training;
  readonly batches: Batches;
  readonly heldOut: Batches | undefined;
  readonly store: PictureStore;
}

interface OpenContext {
  readonly wasmDirectory: string;
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
}

const progressMilliseconds = 200;

/** Opens a training at its checkpoint, or at its beginning. The weights that it begins with are kept in its folder. */
export async function openTraining(order: TrainingOrder, context: OpenContext): Promise<Opened> {
  const { document, settings, folder } = order;
  const { network } = document;
  const learning = learningLayers(network, settings.learning);
  checkLearnable(network, learning);
  const store = await openStore(order, context);
  try {
    const [learned, heldOut] = [false, true].map((isHeldOut) => batchesOf(order, store, isHeldOut));
    if (!learned) throw new EngineError('none of the pictures to learn from could be decoded');
    const start = await openStart(order);
    try {
      const training = await Training.open({
        documentId: document.id,
        network,
        weightsOf: (layer) => startOf(layer, order, start),
        learns: ({ name }) => learning.has(name),
        plan: planOf(settings),
        batches: learned,
        ...(heldOut && { heldOut }),
        checkpoint: join(folder, 'checkpoint.safetensors'),
      });
      // They may be gone when the training goes on; random ones are drawn again.
      if (!start.isOwn && order.weights.kind !== 'random') await keepStart(order, training);
      return { training, batches: learned, heldOut, store };
    } finally {
      await start.weights.close();
    }
  } catch (error) {
    store.close();
    throw error;
  }
}

function planOf({
  epochs,
  schedule,
  optimiser,
  augmentation,
  seed,
}: TrainingSettings): TrainingPlan {
  return { epochs, schedule, optimiser, augmentation, objective: {}, seed };
}

function openStore(
  { document, pictures, folder }: TrainingOrder,
  { wasmDirectory, signal, report }: OpenContext,
): Promise<PictureStore> {
  const { preprocess, network } = document;
  const tell = paced(progressMilliseconds, (done: number, count: number) =>
    report({ what: `decoding pictures, ${done} of ${count}`, fraction: done / count }),
  );
  return PictureStore.open({
    folder: join(folder, 'pictures'),
    name: 'decoded',
    pictures,
    as: storedAs(preprocess, inputSize(network)),
    preprocess,
    wasmDirectory,
    signal,
    onPicture: tell,
  });
}

function batchesOf(
  { document, pictures, settings }: TrainingOrder,
  store: PictureStore,
  isHeldOut: boolean,
): Batches | undefined {
  const paths = new Set(
    pictures.filter(({ heldOut }) => heldOut === isHeldOut).map(({ path }) => path),
  );
  const indices = store.pictures.flatMap(({ path }, index) => (paths.has(path) ? [index] : []));
  if (indices.length === 0) return undefined;
  return new Batches({ store, indices, document, size: settings.batch });
}

interface Start {
  readonly weights: OpenedWeights;
  /** Whether they are the training's own copy. */
  readonly isOwn: boolean;
}

/** What the training begins with: its own copy where it has one. */
async function openStart({ base, document, weights, folder }: TrainingOrder): Promise<Start> {
  const path = startPath(folder);
  if (existsSync(path)) {
    const own: WeightsSource = { kind: 'file', name: 'the weights it began with', path };
    return { weights: await openWeights(own, document, []), isOwn: true };
  }
  return { weights: await openWeights(weights, base, []), isOwn: false };
}

async function startOf(
  layer: Layer,
  { base, anew, settings }: TrainingOrder,
  start: Start,
): Promise<NetworkWeights> {
  if (layer.weights.length === 0) return new Map();
  if (!start.isOwn && anew.includes(layer.name)) return randomLayerWeights(layer, settings.seed);
  const source = start.isOwn ? layer : layerNamed(base.network, layer.name);
  const signal = new AbortController().signal;
  return await start.weights.layer(source, { signal, onTensor: () => undefined });
}

async function keepStart({ document, folder }: TrainingOrder, training: Training): Promise<void> {
  const { id: documentId, network } = document;
  await writeWeights(startPath(folder), { documentId, network, model: training.model });
}

function startPath(folder: string): string {
  return join(folder, 'start.safetensors');
}
