import type { Network } from './network';

/** How many weight tensors a network holds. */
export function tensorCount({ layers }: Network): number {
  return layers.reduce((count, { weights }) => count + weights.length, 0);
}
