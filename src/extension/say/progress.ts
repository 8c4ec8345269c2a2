import { ProgressLocation, window, CancellationError } from 'vscode';
import { ProgressWords, type Step } from '../../host/download/progressWords';
import type { Task } from '../../host/task/task';
import { unawaited } from './unawaited';
import type { CancellationToken } from 'vscode';
import { CancelledError } from '../../protocol/rpc';

/** What a person agrees to before anything is fetched. */
interface Consent {
  readonly question: string;
  readonly detail: string;
  /** What the button that agrees says. */
  readonly yes: string;
}

export async function askConsent({ question, detail, yes }: Consent): Promise<boolean> {
  return (await window.showInformationMessage(question, { modal: true, detail }, yes)) === yes;
}

/** Shows a download in a notification that can cancel it, as `ended` does; then it throws a CancellationError. */
export async function withDownloadProgress<T>(
  ended: AbortSignal,
  work: (signal: AbortSignal, report: (step: Step) => void) => Promise<T>,
): Promise<T> {
  return await window.withProgress(
    { location: ProgressLocation.Notification, title: 'AlexNet', cancellable: true },
    (progress, token) =>
      withSignal(token, (cancelled) => {
        const words = new ProgressWords();
        return work(AbortSignal.any([cancelled, ended]), (step) => {
          const shown = words.add(step, Date.now());
          if (shown) progress.report(shown);
        });
      }),
  );
}

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
