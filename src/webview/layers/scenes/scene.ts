import type { Progress, Stage } from '../stages/stage';

/** What an explanation shows beside its steps. */
export interface Scene {
  readonly element: HTMLElement;
  /** Shows how far the steps have come. */
  step(stages: readonly Stage[], at: Progress): void;
}
