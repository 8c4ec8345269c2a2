import type { Size } from '../network/preprocess/fitSizes';
import type { Preprocess } from '../network/preprocess/preprocess';
import type { ModelDocument } from '../network/modelDocument';
import type { EngineMethods, Progress, WeightsSource } from './engineProtocol';
import type { RgbPicture } from './runMaps';
import type {
  Augmentation,
  EpochResult,
  Learning,
  LivePicture,
  OptimiserSettings,
  TrainingSettings,
} from './training';

/** A file of a picture, of this machine, and its class by index. */
export interface TrainingPicture {
  readonly path: string;
  readonly label: number;
  /** It is not learned from. */
  readonly heldOut: boolean;
}

/** A training as the process that runs it is told of it. */
export interface TrainingOrder {
  /** The network that learns. */
  readonly document: ModelDocument;
  /** The one whose weights it begins with. */
  readonly base: ModelDocument;
  readonly weights: WeightsSource;
  /** The layers that are drawn by the settings' seed instead. */
  readonly anew: readonly string[];
  readonly settings: TrainingSettings;
  readonly pictures: readonly TrainingPicture[];
  /** Of this training alone: decoded pictures, the weights that it began with, its checkpoint. */
  readonly folder: string;
}

/** Where a training stands that was opened, by its checkpoint where it has one. */
export interface OpenedTraining {
  readonly step: number;
  readonly steps: number;
  readonly stepsPerEpoch: number;
  readonly history: readonly EpochResult[];
  /** Those that were decoded. */
  readonly learned: number;
  readonly heldOut: number;
  readonly broken: readonly { readonly path: string; readonly why: string }[];
}

/** What a training tells while it runs. */
export type TrainingNews =
  | {
      readonly kind: 'step';
      readonly step: number;
      readonly rate: number;
      readonly loss: number;
      readonly accuracy: number;
      readonly pictures: number;
    }
  | { readonly kind: 'epoch'; readonly result: EpochResult }
  /** A checkpoint is on the disk, of so many steps and whole epochs. */
  | { readonly kind: 'checkpoint'; readonly step: number; readonly epochs: number };

/** What decides how long a step takes. */
export interface StepToMeasure {
  readonly document: ModelDocument;
  readonly learning: Learning;
  readonly batch: number;
  readonly optimiser: OptimiserSettings;
  readonly augmentation: Augmentation;
}

export interface MeasuredStep {
  readonly seconds: number;
  /** For a batch that is only classified. */
  readonly secondsHeldOut: number;
  /** Of the whole process. */
  readonly memoryBytes: number;
}

/** Pictures to be varied as a training would. */
export interface ViewsToDraw {
  readonly paths: readonly string[];
  readonly preprocess: Preprocess;
  readonly input: Size;
  readonly augmentation: Augmentation;
  readonly seed: number;
  /** Of each picture. */
  readonly views: number;
}

interface Call<Params, Result, Report = never> {
  readonly params: Params;
  readonly result: Result;
  readonly progress: Report;
}

/** What the host asks of the process that trains; it has one training open at a time. */
export interface TrainerMethods {
  /** Runs a step or two on noise. */
  measureStep: Call<StepToMeasure, MeasuredStep>;
  /** Each picture as it is classified, then varied. Broken ones are left out. */
  augmentedViews: Call<ViewsToDraw, readonly (readonly RgbPicture[])[]>;
  /** Decodes the pictures unless that was done, and takes up the checkpoint where there is one. */
  openTraining: Call<TrainingOrder, OpenedTraining, Progress>;
  /** Runs the open training to its end, or until it is paused. Cancelling pauses it too. */
  runTraining: Call<undefined, 'done' | 'paused', TrainingNews>;
  /** Ends the step under way; the run ends once a checkpoint is on the disk. */
  pauseTraining: Call<undefined, void>;
  /** Writes what was learned until the last checkpoint as any other set of weights. */
  saveLearned: Call<{ readonly path: string }, void>;
  learnedFilters: Call<undefined, LivePicture | null>;
  learnedMaps: Call<{ readonly layer: string }, LivePicture | null>;
}

/** All that the engine's process answers. */
export interface ProcessMethods extends EngineMethods, TrainerMethods {}
