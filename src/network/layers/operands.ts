import type { Cell } from '../tensor/cell';
import type { WindowPlace } from '../tensor/windowPlace';
import type { Activation, PointwiseActivation } from './activations';
import type { MergeOperation } from './layer';

/** A convolution's patch and filter, both [rows, columns, channels]; the patch is 0 on the padding. */
export interface ConvolutionOperands {
  readonly kind: 'Conv2D';
  readonly window: WindowPlace;
  /** The first channel of the layer before that this filter sees, and how many: fewer than all in a tower. */
  readonly firstChannel: number;
  readonly channels: number;
  readonly inputs: Float32Array;
  readonly kernel: Float32Array;
  /** Undefined where the layer has none. */
  readonly bias: number | undefined;
  readonly activation: Activation;
}

/** A window of one channel, [rows, columns]; 0 on the padding, which never counts as a maximum. */
export interface PoolingOperands {
  readonly kind:
    | 'MaxPooling2D'
    | 'AveragePooling2D'
    | 'AdaptiveAveragePooling2D'
    | 'GlobalAveragePooling2D'
    | 'GlobalMaxPooling2D';
  readonly window: WindowPlace;
  readonly inputs: Float32Array;
  /** Divisor of an average: the window's elements on the map, and on the padding where that counts. */
  readonly divisor: number;
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
  /** Undefined where the layer has none. */
  readonly bias: number | undefined;
  readonly activation: Activation;
  /** Logits of all units, where the activation is softmax; else empty. */
  readonly logits: Float32Array;
}

export interface SoftmaxOperands {
  readonly kind: 'Softmax';
  readonly inputs: Float32Array;
}

export interface ActivationOperands {
  readonly kind: 'Activation';
  /** One value. */
  readonly inputs: Float32Array;
  readonly activation: PointwiseActivation;
}

export interface RescalingOperands {
  readonly kind: 'Rescaling';
  /** One value. */
  readonly inputs: Float32Array;
  readonly scale: number;
  readonly offset: number;
}

/** The values that share a mean and a variance, and which of them is normalised. */
export interface MomentOperands {
  readonly kind: 'LayerNormalization' | 'GroupNormalization';
  readonly inputs: Float32Array;
  readonly centre: number;
  readonly epsilon: number;
  /** Undefined where the layer has none. */
  readonly gamma: number | undefined;
  readonly beta: number | undefined;
}

/** The channels of a cell as a vector, and which of them is divided by its length. */
export interface UnitOperands {
  readonly kind: 'UnitNormalization';
  readonly inputs: Float32Array;
  readonly centre: number;
}

export interface StandardisingOperands {
  readonly kind: 'Normalization';
  /** One value. */
  readonly inputs: Float32Array;
  readonly mean: number;
  /** √variance. */
  readonly deviation: number;
  readonly invert: boolean;
}

export interface FactorOperands {
  readonly kind: 'LayerScale' | 'PReLU';
  /** One value. */
  readonly inputs: Float32Array;
  /** Of every value, or of PReLU's below 0. */
  readonly factor: number;
}

/** Neighbouring cells of one channel, and how much of each goes into a cell of another size. */
export interface ResizeOperands {
  readonly kind: 'Resize';
  readonly inputs: Float32Array;
  readonly shares: readonly number[];
  /** Where the first of them is. */
  readonly first: Cell;
}

export interface MergeOperands {
  readonly kind: 'Merge';
  /** One value of each input, in the order of the layer's inputs. */
  readonly inputs: Float32Array;
  readonly operation: MergeOperation;
}

/** A row of the first input, and the column of the second that it is multiplied by. */
export interface MatmulOperands {
  readonly kind: 'Matmul';
  readonly inputs: Float32Array;
  readonly others: Float32Array;
}

/** One value that is passed on as it is. */
export interface PassedOperands {
  readonly kind:
    | 'Flatten'
    | 'Dropout'
    | 'Concatenate'
    | 'ZeroPadding2D'
    | 'Cropping2D'
    | 'Reshape'
    | 'Permute'
    | 'Slice'
    | 'Identity';
  /** Empty where the value is a zero of the padding. */
  readonly inputs: Float32Array;
  /** Which of the layer's inputs it comes from. */
  readonly input: number;
  /** Undefined where the value is a zero of the padding. */
  readonly from: Cell | undefined;
  /** What the padding is filled with, where that is another number. */
  readonly fill?: number;
}

/**
 * The numbers that one value of a layer was computed from. Computed numbers are in typed arrays, since messages keep a
 * NaN in these only; weights are finite.
 */
export type Operands =
  | ConvolutionOperands
  | PoolingOperands
  | BatchNormalizationOperands
  | NormalizationOperands
  | DenseOperands
  | SoftmaxOperands
  | ActivationOperands
  | RescalingOperands
  | MomentOperands
  | UnitOperands
  | StandardisingOperands
  | FactorOperands
  | ResizeOperands
  | MergeOperands
  | MatmulOperands
  | PassedOperands;
