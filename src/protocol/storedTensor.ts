import type { WeightName } from '../network/layers/layer';
import type { Shape } from '../network/tensor/shape';

/** A tensor of a file of weights, as the code that loads it wants it. */
export interface StoredTensor {
  readonly name: string;
  /** In the file. */
  readonly shape: Shape;
  readonly from: StoredWeight | StoredNumbers;
}

/** A layer's weight: `axes[i]` is the axis of `shape` that becomes axis i of the file; as it is where there are none. */
interface StoredWeight {
  readonly layer: string;
  readonly weight: WeightName;
  /** The axes that are moved, such as a flattened map's own in place of its rows; the weight's where it is left out. */
  readonly shape?: Shape;
  readonly axes?: readonly number[];
}

/** Numbers that the network has no weight for, row-major. */
interface StoredNumbers {
  readonly values: Float32Array;
}
