import { CancelledError } from '../../protocol/rpc';

/** Whether work ended because a person stopped it. */
export function isCancellation(error: unknown): boolean {
  return error instanceof CancelledError;
}
