import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Batches } from '../../src/engine/train/batches';
import { type LabelledPicture, PictureStore } from '../../src/engine/train/pictureStore';
import { storedAs } from '../../src/engine/train/prepare';
import { Training, type TrainingPlan } from '../../src/engine/train/training';
import { randomLayerWeights } from '../../src/files/randomWeights';
import {
  batchNormalization,
  conv2d,
  dense,
  dropout,
  flatten,
  input,
  maxPool2d,
  model,
} from '../../src/network/functional';
import { stretchToUnit } from '../../src/network/preprocess/preprocess';
import { writePng } from './writePng';

const side = 8;
export const tinyInput = { width: side, height: side };

const image = input([side, side, 3]);
let x = conv2d(4, 3, { padding: 'same', activation: 'relu', name: 'conv1' })(image);
x = batchNormalization({ name: 'bn1' })(x);
x = maxPool2d(2, { strides: 2, name: 'pool1' })(x);
x = flatten({ name: 'flatten' })(x);
x = dense(16, { activation: 'relu', name: 'fc2' })(x);
x = dropout(0.2, { name: 'drop2' })(x);
const output = dense(5, { activation: 'softmax', name: 'fc3' })(x);

/** What an AlexNet is made of, small enough for plain JavaScript. */
export const tinyNetwork = model(image, output);

/** The outputs that the drawn pictures are classes of. */
export const tinyClasses = [0, 2, 4];

export const tinyPlan: TrainingPlan = {
  epochs: 6,
  schedule: { kind: 'oneCycle', rate: 0.05, warmUp: 0.3 },
  optimiser: { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 1e-4 },
  augmentation: { crop: { area: [0.7, 1], aspect: [0.9, 1.1] }, flip: true, colour: 0.1 },
  objective: { classes: tinyClasses, smoothing: 0.05 },
  seed: 7,
};

/** Draws pictures of three classes into a folder: a bar across, a bar down, a disc; each elsewhere in other colours. */
export function drawPictures(folder: string, perClass: number): readonly LabelledPicture[] {
  mkdirSync(folder, { recursive: true });
  return tinyClasses.flatMap((label, kind) =>
    Array.from({ length: perClass }, (_, index) => {
      const path = join(folder, `${label}-${index}.png`);
      writeFileSync(path, writePng(drawn(kind, index), 20, 20));
      return { path, label };
    }),
  );
}

function drawn(kind: number, index: number): Uint8Array {
  const rgb = new Uint8Array(20 * 20 * 3);
  const centre = 7 + (index % 5);
  for (let y = 0; y < 20; y++) {
    for (let x = 0; x < 20; x++) {
      const [across, down] = [Math.abs(y - centre) < 2, Math.abs(x - centre) < 2];
      const disc = Math.hypot(x - centre, y - 10) < 5;
      const inside = [across, down, disc][kind] === true;
      const colour = inside ? [230, 200 - 10 * index, 60] : [20, 40 + 8 * index, 90];
      rgb.set(colour, 3 * (20 * y + x));
    }
  }
  return rgb;
}

/** Decodes pictures into a store in that folder. */
export function openStore(
  folder: string,
  pictures: readonly LabelledPicture[],
): Promise<PictureStore> {
  return PictureStore.open({
    folder,
    name: 'pictures',
    pictures,
    as: storedAs(stretchToUnit, tinyInput),
    preprocess: stretchToUnit,
    wasmDirectory: resolve('dist/wasm'),
    signal: new AbortController().signal,
  });
}

/** A training of the tiny network on all pictures of a store, with a checkpoint in that folder. */
export function openTraining(
  folder: string,
  store: PictureStore,
  plan: Partial<TrainingPlan> = {},
  learns: (layer: string) => boolean = () => true,
): Promise<Training> {
  const batches = new Batches({
    store,
    indices: store.pictures.map((_, index) => index),
    document: { preprocess: stretchToUnit, network: tinyNetwork },
    size: 6,
  });
  return Training.open({
    documentId: 'tiny',
    network: tinyNetwork,
    weightsOf: (layer) => randomLayerWeights(layer, 3),
    learns: ({ name }) => learns(name),
    plan: { ...tinyPlan, ...plan },
    batches,
    heldOut: batches,
    checkpoint: join(folder, 'checkpoint.safetensors'),
  });
}
