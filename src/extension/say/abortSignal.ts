import type { CancellationToken } from 'vscode';
import { CancellationError } from 'vscode';
import { CancelledError } from '../../protocol/rpc';

/** Runs work under VS Code's cancellation: the token becomes a signal, and giving up becomes a CancellationError. */
export async function withSignal<T>(
  token: CancellationToken | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => controller.abort(new CancelledError());
  if (token?.isCancellationRequested) abort();
  const listener = token?.onCancellationRequested(abort);
  try {
    return await work(controller.signal);
  } catch (error) {
    throw error instanceof CancelledError ? new CancellationError() : error;
  } finally {
    listener?.dispose();
  }
}
