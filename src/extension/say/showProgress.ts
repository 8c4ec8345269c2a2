import { ProgressLocation, window } from 'vscode';
import type { Task } from '../../host/task/task';
import { unawaited } from './unawaited';

/** Shows a task's title in the status bar, or its progress too in a notification that can cancel it. */
export function showProgress(task: Task, place: 'statusBar' | 'notification'): void {
  const cancellable = place === 'notification';
  const location = cancellable ? ProgressLocation.Notification : ProgressLocation.Window;
  const title = `AlexNet: ${task.title}`;
  const shown = window.withProgress({ location, title, cancellable }, async (progress, token) => {
    token.onCancellationRequested(() => task.cancel());
    let last = 0;
    if (cancellable) {
      task.onProgress(({ what, fraction }) => {
        progress.report({ message: what, increment: 100 * (fraction - last) });
        last = fraction;
      });
    }
    await task.ended;
  });
  unawaited(shown);
}
