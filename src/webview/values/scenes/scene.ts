import type { Progress, Stage } from '../stage';

/** What an explanation shows beside its steps. */
export interface Scene {
  readonly element: HTMLElement;
  /** Shows how far the steps have come. */
  step(stages: readonly Stage[], at: Progress): void;
}
