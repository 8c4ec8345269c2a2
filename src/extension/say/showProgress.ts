import { ProgressLocation, window } from 'vscode';
import { CancelledError } from '../../protocol/rpc';

/** Runs work with its progress in the status bar, or in a notification that can cancel it. */
export async function showProgress(
  title: string,
  notification: 'cancellable' | undefined,
  controller: AbortController,
  work: (show: (what: string, fraction: number) => void) => Promise<void>,
): Promise<void> {
  const cancellable = notification !== undefined;
  const location = cancellable ? ProgressLocation.Notification : ProgressLocation.Window;
  await window.withProgress({ location, title, cancellable }, async (progress, token) => {
    const cancelling = token.onCancellationRequested(() => controller.abort(new CancelledError()));
    let shown = 0;
    try {
      await work((what, fraction) => {
        if (!cancellable) return;
        progress.report({ message: what, increment: 100 * (fraction - shown) });
        shown = fraction;
      });
    } finally {
      cancelling.dispose();
    }
  });
}
