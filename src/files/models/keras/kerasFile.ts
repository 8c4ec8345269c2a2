import type { FindTensors } from '../plans/modelWeights';

/** A file of a Keras model, opened. */
export interface KerasFile {
  /** `Keras`, or `TensorFlow.js`. */
  readonly format: string;
  /** As the file has it. */
  readonly version: unknown;
  /** The model's class and config: JSON that nobody has checked. */
  readonly config: unknown;
  /** Finds its weights; undefined where they are not there, and then `missing` says why. */
  readonly find?: FindTensors;
  readonly missing?: string;
  /** What the file says of its classes, as far as its format has a place for that. */
  readonly metadata?: unknown;
  close?(): Promise<void>;
}
