import type { Activation } from '../layer';
import type { Cell } from './cell';
import type { WindowPlace } from './windowPlace';

/** A convolution's patch and filter have the same layout: [size, size, channels]; the patch is 0 where it is padding. */
export interface ConvolutionOperands {
  readonly kind: 'Conv2D';
  readonly window: WindowPlace;
  /** The first channel of the layer before that this filter sees, and how many: fewer than all in a tower. */
  readonly firstChannel: number;
  readonly channels: number;
  readonly inputs: Float32Array;
  readonly kernel: Float32Array;
  readonly bias: number;
  readonly activation: Activation;
}

/** A window of one channel, [size, size]; 0 where it is padding, which never wins. */
export interface PoolingOperands {
  readonly kind: 'MaxPooling2D' | 'AdaptiveAveragePooling2D';
  readonly window: WindowPlace;
  readonly inputs: Float32Array;
}

export interface BatchNormalizationOperands {
  readonly kind: 'BatchNormalization';
  /** One value. */
  readonly inputs: Float32Array;
  readonly mean: number;
  readonly variance: number;
  readonly gamma: number;
  readonly beta: number;
  readonly epsilon: number;
}

export interface NormalizationOperands {
  readonly kind: 'LocalResponseNormalization';
  readonly firstChannel: number;
  /** The neighbouring channels at this place, fewer at the ends of the channels. */
  readonly inputs: Float32Array;
  /** Which of them is normalised. */
  readonly centre: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

export interface DenseOperands {
  readonly kind: 'Dense';
  readonly inputs: Float32Array;
  /** This unit's weight of each input. */
  readonly kernel: Float32Array;
  readonly bias: number;
  readonly activation: Activation;
  /** What all units gave, where a softmax follows in the same layer; empty where none does. */
  readonly logits: Float32Array;
}

export interface SoftmaxOperands {
  readonly kind: 'Softmax';
  readonly inputs: Float32Array;
}

/** One value that is passed on as it is. */
export interface PassedOperands {
  readonly kind: 'Flatten' | 'Dropout';
  readonly inputs: Float32Array;
  readonly from: Cell;
}

/**
 * The numbers that one value of a layer was made of.
 * What was computed is in arrays, which keep a NaN on their way to the page; weights are finite.
 */
export type Operands =
  | ConvolutionOperands
  | PoolingOperands
  | BatchNormalizationOperands
  | NormalizationOperands
  | DenseOperands
  | SoftmaxOperands
  | PassedOperands;
