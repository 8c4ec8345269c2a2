import { join } from 'node:path';
import { appendFileSync } from 'node:fs';
import { Batches } from '../engine/train/batches';
import { readCheckpoint, writeWeights } from '../engine/train/checkpoint';
import { Draws } from '../engine/train/draws';
import { PictureStore, type LabelledPicture } from '../engine/train/pictureStore';
import { storedAs } from '../engine/train/prepare';
import { Training, type StepTaken } from '../engine/train/training';
import type { NetworkWeights } from '../files/matching/networkWeights';
import { randomLayerWeights } from '../files/randomWeights';
import { keras } from '../library/keras';
import { inputSize } from '../network/inputShape';
import type { Layer } from '../network/layers/layer';
import { defaultStages, seed, type Stage } from './defaultStages';
import { classesOf, labelledFolder } from './labelledFolder';

export interface RecipeOptions {
  /** Has a folder per class, named by its WordNet id, or those in a folder `train`. */
  readonly folder: string;
  /** Where checkpoints, decoded pictures and the log are kept. */
  readonly out: string;
  readonly wasmDirectory: string;
  readonly signal: AbortSignal;
  /** Others than the recipe's own. */
  readonly stagesOf?: typeof defaultStages;
  /** How often a line is logged within an epoch; 20 without. */
  readonly stepsPerLine?: number;
}

/** The share of the pictures that no stage learns from. */
const heldOutShare = 0.1;
/** How often a checkpoint is written within an epoch. */
const stepsPerCheckpoint = 60;

/** Trains the default network's weights, or goes on where it was stopped. */
export async function trainDefault(options: RecipeOptions): Promise<void> {
  const pictures = await labelledFolder(options.folder, keras.labels.synsets ?? []);
  const classes = classesOf(pictures);
  let learned: NetworkWeights = new Map();
  const { stagesOf = defaultStages } = options;
  for (const stage of stagesOf(classes)) {
    const log = logTo(join(options.out, 'log.jsonl'), stage.name);
    learned = await runStage(stage, { ...options, pictures, learned, log });
    learned = stage.hand?.(learned) ?? learned;
    log({ what: 'end' });
  }
}

interface StageOptions extends RecipeOptions {
  readonly pictures: readonly LabelledPicture[];
  /** What the stages before have learned; the rest is drawn. */
  readonly learned: NetworkWeights;
  readonly log: Log;
}

/** Runs a stage to its end; returns all that was learned until then. */
async function runStage(stage: Stage, options: StageOptions): Promise<NetworkWeights> {
  const { out, signal, learned, log, stepsPerLine = 20 } = options;
  const { document, plan, learns } = stage;
  const checkpoint = join(out, stage.name, 'checkpoint.safetensors');
  const store = await openStore(stage, options);
  const { training: chosen, heldOut } = split(store.pictures.length);
  const batchesOf = (indices: readonly number[]): Batches =>
    new Batches({ store, indices, document, size: stage.batch });
  const { id: documentId, network } = document;
  const training = await Training.open({
    documentId,
    network,
    weightsOf: (layer) => startOf(layer, learned),
    learns: ({ name }) => learns(name),
    plan,
    batches: batchesOf(chosen),
    heldOut: batchesOf(heldOut),
    checkpoint,
  });
  try {
    log({
      what: 'begin',
      epochs: plan.epochs,
      done: training.history.length,
      pictures: chosen.length,
    });
    await training.run(signal, {
      onStep: (step) => {
        if (step.step % stepsPerLine === 0) log({ what: 'step', ...figures(step) });
        if (step.step % stepsPerCheckpoint === 0) training.saveSoon();
      },
      onEpoch: async (result, epoch) => {
        log({ what: 'epoch', epoch, ...result });
        if (documentId !== keras.id) return;
        const { model } = training;
        await writeWeights(join(out, 'weights.safetensors'), { documentId, network, model });
      },
    });
  } finally {
    training.dispose();
    store.close();
  }
  const kept = await readCheckpoint(checkpoint);
  return new Map([
    ...learned,
    ...[...(kept?.tensors ?? [])]
      .filter(([name]) => !name.startsWith('optimiser.'))
      .map(([name, { values }]) => [name, values] as const),
  ]);
}

async function openStore(stage: Stage, options: StageOptions): Promise<PictureStore> {
  const { preprocess, network } = stage.document;
  const as = storedAs(preprocess, inputSize(network), stage.storedSide);
  const { pictures, out, wasmDirectory, signal, log } = options;
  const store = await PictureStore.open({
    folder: join(out, 'pictures'),
    name: `${as.width}x${as.height}`,
    pictures: pictures.map(({ path, label }) => ({ path, label: stage.outputOf(label) })),
    as,
    preprocess,
    wasmDirectory,
    signal,
    onPicture: (done, count) => {
      if (done % 1000 === 0) log({ what: 'decoded', done, count });
    },
  });
  for (const broken of store.broken) log({ what: 'broken', ...broken });
  return store;
}

/** The same pictures are held out in every stage. */
function split(count: number): { training: readonly number[]; heldOut: readonly number[] } {
  const order = [...new Draws(seed, 'held out').order(count)];
  const kept = Math.round(count * heldOutShare);
  return { heldOut: order.slice(0, kept), training: order.slice(kept) };
}

function startOf(layer: Layer, learned: NetworkWeights): NetworkWeights {
  const drawn = randomLayerWeights(layer, seed);
  return new Map([...drawn].map(([key, values]) => [key, learned.get(key) ?? values]));
}

function figures({ mean, milliseconds, pictures, ...step }: StepTaken): Record<string, unknown> {
  const { rss } = process.memoryUsage();
  return {
    ...step,
    meanLoss: mean.loss,
    meanAccuracy: mean.accuracy,
    picturesPerSecond: (1000 * pictures) / milliseconds,
    residentMiB: Math.round(rss / 2 ** 20),
  };
}

type Log = (line: Readonly<Record<string, unknown>>) => void;

/** One line of JSON at a time, on the terminal too. */
function logTo(path: string, stage: string): Log {
  return (line) => {
    const rounded = JSON.stringify({ time: new Date(), stage, ...line }, (_, value: unknown) =>
      typeof value === 'number' ? Number(value.toPrecision(5)) : value,
    );
    appendFileSync(path, `${rounded}\n`);
    process.stdout.write(`${rounded}\n`);
  };
}
