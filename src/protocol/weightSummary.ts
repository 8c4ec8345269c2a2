import type { WeightName } from '../network/layers/layer';
import type { Shape } from '../network/tensor/shape';

/** Of a tensor's finite values; std is the population's, l2 the root of the sum of squares. */
export interface Statistics {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly std: number;
  readonly l2: number;
}

/**
 * How many finite values lie in each bin: bin i holds `from + i · width` up to, but not with, the next bin's start.
 * The width is a power of two and one bin has zero in its middle, so edges are exact. It is 0 where all values are the same.
 */
export interface Histogram {
  readonly from: number;
  readonly width: number;
  readonly counts: Uint32Array;
}

/** One tensor of a layer's weights, every value of it counted. */
export interface TensorSummary {
  readonly name: WeightName;
  /** Kernels are [h, w, in / groups, out], dense kernels [in, out]. */
  readonly shape: Shape;
  readonly count: number;
  readonly zeros: number;
  readonly nan: number;
  readonly infinite: number;
  /** Missing where no value is finite. */
  readonly statistics?: Statistics;
  readonly histogram?: Histogram;
  /** Of kernels: the L2 norm of the weights that make each output. */
  readonly norms?: Float32Array;
  /** Of tensors with one axis: the values themselves. */
  readonly values?: Float32Array;
}

/** A layer's weights in the order that the network names them. */
export interface WeightSummary {
  readonly tensors: readonly TensorSummary[];
}

/** Some filters of a convolution, one after the other: shape [filters, h, w, in / groups]. */
export interface Filters {
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** Which filters of a convolution are asked for. */
export interface FilterRange {
  readonly first: number;
  readonly count: number;
}
