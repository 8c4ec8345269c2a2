import type { RgbPicture } from './runMaps';

/** How the learning rate goes from the first step to the last. `rate` is its largest value. */
export type Schedule =
  | { readonly kind: 'constant'; readonly rate: number }
  | {
      readonly kind: 'step';
      readonly rate: number;
      readonly every: number;
      readonly factor: number;
    }
  | { readonly kind: 'cosine'; readonly rate: number }
  | { readonly kind: 'oneCycle'; readonly rate: number; readonly warmUp: number };

/** A rule by which weights follow their gradients. Decay is coupled: decay · w is a part of the gradient. */
export type OptimiserSettings =
  | {
      readonly kind: 'sgd';
      readonly momentum: number;
      readonly nesterov: boolean;
      readonly weightDecay: number;
    }
  | {
      readonly kind: 'adam';
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      /** Whose epsilon: PyTorch adds it to the corrected root, Keras to the uncorrected one, where it weighs more at first. */
      readonly formula: 'pytorch' | 'keras';
      readonly weightDecay: number;
    };

/** How pictures are varied while a network learns from them. */
export interface Augmentation {
  /** A part of the picture, of a share of its area and an aspect relative to the picture's; the whole one without. */
  readonly crop?: { readonly area: Range; readonly aspect: Range };
  /** Whether half of them are mirrored. */
  readonly flip: boolean;
  /** Brightness, contrast and saturation by factors up to this far from 1; 0 for none. */
  readonly colour: number;
}

type Range = readonly [low: number, high: number];

/** Which layers learn; the others stay as they are, batch normalisation as at inference. */
export type Learning =
  | { readonly kind: 'all' }
  /** This layer and all after it. */
  | { readonly kind: 'from'; readonly layer: string }
  /** The last layer with weights. */
  | { readonly kind: 'classifier' };

/** What a person decides before a training. Plain data; it is kept with what was learned. */
export interface TrainingSettings {
  /** The network that is trained; its last layer is made anew where the folder has other classes. */
  readonly documentId: string;
  /** From the weights in use, or from random ones of the seed. */
  readonly start: 'loaded' | 'fresh';
  readonly learning: Learning;
  readonly epochs: number;
  readonly batch: number;
  readonly schedule: Schedule;
  readonly optimiser: OptimiserSettings;
  readonly augmentation: Augmentation;
  /** Share of the pictures that is not learned from, from 0 to 0.5; of no weight where the folder has pictures for it. */
  readonly heldOut: number;
  readonly seed: number;
}

/** What is in a folder to train on. */
export interface TrainingData {
  readonly classes: readonly { readonly label: string; readonly pictures: number }[];
  readonly pictures: number;
  /** Pictures of a folder `val`, which are held out instead of a share. */
  readonly ownHeldOut: number | undefined;
  /** Those that could not be decoded, as far as they were tried. */
  readonly broken: readonly { readonly name: string; readonly why: string }[];
}

/** What a training will take, from a step that was measured. */
export interface TrainingCost {
  readonly steps: number;
  readonly secondsPerStep: number;
  readonly seconds: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
  readonly learnedParameters: number;
}

/** What came of an epoch; the training's own figures are running means, of weights on the move. */
export interface EpochResult {
  readonly loss: number;
  readonly accuracy: number;
  /** Of the pictures held out, where there are any. */
  readonly heldOut?: { readonly loss: number; readonly accuracy: number };
}

/** How a set of weights was learned here, and how well. */
export interface LearnedWeights {
  /** The folder as a person would say it. */
  readonly folder: string;
  readonly pictures: number;
  /** Pictures that were not learned from. */
  readonly heldOut: number;
  readonly epochs: number;
  /** Of the last whole epoch, where there was one. */
  readonly result?: EpochResult;
  readonly settings: TrainingSettings;
  /** In milliseconds since 1970. */
  readonly date: number;
}

/** A step of a training's curve: the means since the point before. */
export interface CurvePoint {
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly rate: number;
}

/** A training as the panel shows it. */
export interface PanelTraining {
  /** When, in milliseconds since 1970: tells one training from the next. */
  readonly begun: number;
  /** The folder as a person would say it. */
  readonly folder: string;
  /** `asking`: the settings are the person's to choose. `preparing`: pictures are decoded. */
  readonly status: 'asking' | 'preparing' | 'running' | 'paused' | 'done' | 'stopped' | 'failed';
  /** One sentence: why it failed or was stopped, where nobody asked for it. */
  readonly why?: string;
  /** As asked last, or the defaults. */
  readonly settings: TrainingSettings;
  readonly data: TrainingData;
  /** How far decoding is, from 0 to 1. */
  readonly prepared?: number;
  readonly step: number;
  readonly steps: number;
  readonly stepsPerEpoch: number;
  readonly history: readonly EpochResult[];
  readonly picturesPerSecond?: number;
  readonly secondsLeft?: number;
  /** The document of what was learned, once there is a checkpoint to use. */
  readonly learned?: { readonly documentId: string; readonly epochs: number };
  /** Another number wherever the curve, the filters or the maps would be others. */
  readonly version: number;
}

/** The first convolution's filters or a layer's maps, each scaled to its own range, as one picture of tiles. */
export interface LivePicture {
  readonly picture: RgbPicture;
  readonly tiles: number;
  readonly columns: number;
}

interface Call<Params, Result> {
  readonly params: Params;
  readonly result: Result;
  readonly progress: never;
}

/** What the panel asks of the host about trainings. */
export interface TrainingMethods {
  /** Asks the person for a folder of pictures by class, then shows the settings. */
  train: Call<undefined, void>;
  /** Keeps the settings as they are chosen, and says what they will cost; measures a step first where it must. */
  trainingCost: Call<{ readonly begun: number; readonly settings: TrainingSettings }, TrainingCost>;
  /** A few pictures of the folder as they would be varied: those of a row show one picture. */
  augmentedSamples: Call<
    { readonly begun: number; readonly settings: TrainingSettings },
    readonly (readonly RgbPicture[])[]
  >;
  startTraining: Call<{ readonly begun: number; readonly settings: TrainingSettings }, void>;
  /** Ends the step under way and leaves a checkpoint. */
  pauseTraining: Call<undefined, void>;
  resumeTraining: Call<undefined, void>;
  /** Ends it for good; what was learned until the last checkpoint stays. */
  stopTraining: Call<undefined, void>;
  /** Forgets a training that is not under way. */
  closeTraining: Call<undefined, void>;
  trainingCurve: Call<{ readonly begun: number }, readonly CurvePoint[]>;
  trainingFilters: Call<{ readonly begun: number }, LivePicture | null>;
  /** A layer's maps of one picture that is not learned from where there is one. */
  trainingMaps: Call<{ readonly begun: number; readonly layer: string }, LivePicture | null>;
  /** Shows the network with what was learned. */
  useTrained: Call<{ readonly begun: number }, void>;
  /** Evaluates what was learned on the pictures held out: confusion matrix and mistakes. */
  evaluateTrained: Call<{ readonly begun: number }, void>;
}
