import type { ModelPlans } from './modelPlans';
import type { FindTensors } from './modelWeights';

/** A file of a model, opened: its layers before shapes are known, and a way to its weights. */
export interface ModelFile {
  /** Such as `Keras 3.15.1`. */
  readonly format: string;
  readonly plans: ModelPlans;
  readonly find: FindTensors;
  /** Why its weights are not there. */
  readonly missing: string | undefined;
  /** What the file says of its classes. */
  readonly metadata: unknown;
  close(): Promise<void>;
}
