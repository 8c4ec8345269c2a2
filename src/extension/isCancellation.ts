import { CancellationError } from 'vscode';
import { CancelledError } from '../protocol/rpc';

/** Whether work ended because somebody asked it to. */
export function isCancellation(error: unknown): boolean {
  return error instanceof CancelledError || error instanceof CancellationError;
}
