import type { Preprocess } from '../network/preprocess/preprocess';
import type { RgbPicture } from './runMaps';
import type { ExplanationTarget } from './explanation';

/** How a picture is made for a target by gradient ascent. */
export interface ImagineSettings {
  /** Of the noise that it begins with and of where it is shifted. */
  readonly seed: number;
  /** In all. */
  readonly steps: number;
  /** A step's change where the target looks, its root mean square, in levels of 0 to 255. */
  readonly stepSize: number;
  /** Deviation of the Gaussian that the picture is blurred with, in pixels of the input; 0: it is not. */
  readonly blur: number;
  /** How many steps lie between two blurs. */
  readonly blurEvery: number;
  /** Before each step the picture is shifted by up to as many pixels each way, at random. */
  readonly jitter: number;
  /** The share of its distance from mid-grey that each value loses in a step. */
  readonly decay: number;
}

/**
 * What is used where a setting is not given; decay and blur by Yosinski et al. 2015, who take up to 1000 steps. Of the
 * others those by which channels of AlexNet look like something after as many steps as a person waits for.
 */
export const imagineDefaults: ImagineSettings = {
  seed: 1,
  steps: 128,
  stepSize: 8,
  blur: 0.8,
  blurEvery: 4,
  jitter: 8,
  decay: 1e-4,
};

/** Everything that a picture made for a target follows from, besides the network and its weights. */
export interface ImagineRecipe {
  readonly target: ExplanationTarget;
  readonly settings: ImagineSettings;
  /** How a picture's values become the network's. */
  readonly preprocess: Preprocess;
}

/** A picture made for a target, done or on its way. */
export interface Imagined {
  readonly picture: RgbPicture;
  /** The same before it was rounded: [height, width, 3], red first, from 0 to 255. */
  readonly pixels: Float32Array;
  /** How many steps it has taken. */
  readonly step: number;
  /** The target's value on the noise that it began with, before the layer's own ReLU and softmax. */
  readonly start: number;
  /** The same on the picture; of one on its way, as it lay shifted before its last step. */
  readonly value: number;
  /** That all steps took. */
  readonly milliseconds: number;
  readonly recipe: ImagineRecipe;
}

/** What is asked for; `from` goes on with a picture, which ends as if it had not been interrupted. */
export interface ImagineRequest {
  readonly target: ExplanationTarget;
  readonly settings?: Partial<ImagineSettings>;
  readonly from?: Pick<Imagined, 'pixels' | 'step' | 'start' | 'milliseconds'>;
}

/** The same of the network whose weights are loaded. */
export type ImagineParams = ImagineRequest & Pick<ImagineRecipe, 'preprocess'>;

/** How far it is, and the picture so far at times. */
export interface ImagineProgress {
  readonly what: string;
  /** From 0 to 1. */
  readonly fraction: number;
  readonly imagined?: Imagined;
}
