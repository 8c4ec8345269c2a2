import type { Augmentation } from '../protocol/training';
import type { TrainingPlan } from '../engine/train/training';
import { keras } from '../library/keras';
import { assemble, type LayerPlan } from '../network/assemble';
import type { NetworkWeights } from '../files/matching/networkWeights';
import type { ModelDocument } from '../network/modelDocument';
import { ofPlainPixels, standardised } from './standardised';

/** A part of the training of the default network's weights; each begins with what the one before it learned. */
export interface Stage {
  readonly name: string;
  readonly document: ModelDocument;
  /** The label of a picture, an index of ImageNet's, among this network's outputs. */
  readonly outputOf: (label: number) => number;
  readonly learns: (layer: string) => boolean;
  readonly batch: number;
  /** The least side of the pictures that crops are cut from. */
  readonly storedSide: number;
  readonly plan: TrainingPlan;
  /** What the next stage begins with, of what this one learned. */
  readonly hand?: (learned: NetworkWeights) => NetworkWeights;
}

/** Of the random start, of which fc6 and fc7 stay as they are: the product draws the same. */
export const seed = 1;

const batch = 64;
const momentum = { kind: 'sgd', momentum: 0.9, nesterov: true } as const;
const augmentation: Augmentation = {
  crop: { area: [0.25, 1], aspect: [3 / 4, 4 / 3] },
  flip: true,
  colour: 0.2,
};

/** The size at which convolutions learn four times as fast as at the network's own. */
const smallSide = 112;

/**
 * The stages for pictures of these classes, indices of ImageNet's. First the convolutions at half the size, of
 * standardised pictures, under a mean of each map; then what tells classes apart in the whole network, whose hidden
 * dense layers stay random. To learn all but these on, at a rate of 0.01, made it worse: 74 for 80 % after an epoch.
 */
export function defaultStages(classes: readonly number[]): readonly Stage[] {
  const objective = { classes, smoothing: 0.1 };
  const whole = { document: keras, outputOf: (label: number) => label, batch, storedSide: 224 };
  return [
    {
      name: 'convolutions',
      document: pooledConvolutions(classes.length),
      outputOf: (label) => classes.indexOf(label),
      learns: () => true,
      batch,
      storedSide: 144,
      hand: (learned) => ofPlainPixels(learned, 'conv1'),
      plan: {
        epochs: 18,
        schedule: { kind: 'oneCycle', rate: 0.03, warmUp: 1 / 3 },
        optimiser: { ...momentum, weightDecay: 5e-4 },
        augmentation,
        objective: { smoothing: objective.smoothing },
        seed,
      },
    },
    {
      ...whole,
      name: 'classifier',
      learns: (layer) => layer === 'fc8',
      plan: {
        epochs: 1,
        schedule: { kind: 'oneCycle', rate: 0.02, warmUp: 0.2 },
        optimiser: { ...momentum, weightDecay: 0 },
        augmentation,
        objective,
        seed,
      },
    },
  ];
}

/** The network's convolutions on small pictures, the mean of each last map, and a dense layer of the classes. */
function pooledConvolutions(classes: number): ModelDocument {
  const { layers, inputs } = keras.network;
  const end = layers.findIndex(({ kind }) => kind === 'Flatten');
  const plans = layers.slice(0, end).map((layer): LayerPlan => {
    const { name, inputs: sources } = layer;
    const settings =
      layer.kind === 'InputLayer' ? { kind: layer.kind, shape: [smallSide, smallSide, 3] } : layer;
    return { name, settings, inputs: sources };
  });
  const last = plans.at(-1)?.name ?? '';
  const head: readonly LayerPlan[] = [
    { name: 'mean', settings: { kind: 'GlobalAveragePooling2D', keepDims: false }, inputs: [last] },
    {
      name: 'classes',
      settings: { kind: 'Dense', units: classes, useBias: true, activation: 'softmax' },
      inputs: ['mean'],
    },
  ];
  const network = assemble([...plans, ...head], { inputs, outputs: ['classes'] });
  const preprocess = standardised(keras.preprocess);
  return { ...keras, id: 'keras-convolutions', network, preprocess };
}
