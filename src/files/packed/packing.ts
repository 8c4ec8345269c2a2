/**
 * Packed weights are a safetensors file of what a training changed; the rest is drawn from the seed again. A kernel is
 * int8, with a float32 step for each filter (`conv1.kernel.step`); of a classifier that was trained for some of its
 * classes only theirs are kept. Everything else is float32. The metadata's `packing` is this, as JSON.
 */
export interface Packing {
  readonly documentId: string;
  /** Of the random weights that a training left as they were. */
  readonly seed: number;
  /** The classes that the last layer was trained for, as indices of its outputs. */
  readonly classes: readonly number[];
}

/** The logit of a class that was never trained: e to this power is nothing in float32. */
export const absentLogit = -100;

/** The name of a kernel's steps. */
export function stepsName(kernel: string): string {
  return `${kernel}.step`;
}
