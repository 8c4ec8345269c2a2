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
  /** What else there is to know, for those who ask. */
  readonly more?: string;
  /** What the button that agrees says. */
  readonly yes: string;
}

const moreButton = 'Details';

export async function askConsent({ question, detail, more, yes }: Consent): Promise<boolean> {
  const buttons = more === undefined ? [yes] : [yes, moreButton];
  const options = { modal: true, detail };
  const answer = await window.showInformationMessage(question, options, ...buttons);
  if (more === undefined || answer !== moreButton) return answer === yes;
  return await askConsent({ question, detail: more, yes });
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
