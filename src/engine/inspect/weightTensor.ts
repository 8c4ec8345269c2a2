import type { WeightSpec } from '../../network/layers/layer';

/** A part of a tensor: its value i belongs to the output `firstOutput + i % outputs`. */
export interface WeightPiece {
  readonly values: Float32Array;
  readonly firstOutput: number;
  readonly outputs: number;
}

/** A weight that is read in pieces, each value once, as often as it is asked for. */
export interface WeightTensor {
  readonly spec: WeightSpec;
  pieces(): Iterable<WeightPiece>;
}
