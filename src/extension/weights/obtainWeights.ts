import { CancellationError, ProgressLocation, window } from 'vscode';
import { withSignal } from '../say/abortSignal';
import { describeError } from '../../host/describeError';
import { UnreachableError } from '../../host/download/downloadError';
import type { Step } from '../../host/download/progressWords';
import { ProgressWords } from '../../host/download/progressWords';
import { log } from '../say/log';
import { unawaited } from '../say/unawaited';
import type { CatalogueEntry } from '../../library/catalogue';
import type { WeightsStore } from '../../host/weights/weightsStore';
import { consentDetail } from '../../host/weights/weightsWords';

/** Only a download needs it: loading it takes a moment that starting the extension should not. */
const downloader = () => import('../../host/weights/fetchEntry');

interface ObtainOptions {
  readonly store: WeightsStore;
  readonly ended: AbortSignal;
  /** What is offered where there is no network. */
  readonly loadFile: () => Promise<unknown>;
}

/** Has a set in the store: asks, downloads, and says what went wrong. False where the person declined or cancelled, or it failed. */
export async function obtainWeights(
  entry: CatalogueEntry,
  options: ObtainOptions,
): Promise<boolean> {
  if (options.store.has(entry)) return true;
  if (!(await askConsent(entry, options.store.folder))) return false;
  try {
    await fetchWithProgress(entry, options);
    log.info(`${entry.name} was downloaded to ${options.store.path(entry)}`);
    return true;
  } catch (error) {
    if (error instanceof CancellationError) log.info(`${entry.name}: cancelled`);
    else showFailure(error, options);
    return false;
  }
}

async function askConsent(entry: CatalogueEntry, folder: string): Promise<boolean> {
  const detail = consentDetail(entry, folder);
  const question = `Download ${entry.name}?`;
  return (
    (await window.showInformationMessage(question, { modal: true, detail }, 'Download')) ===
    'Download'
  );
}

async function fetchWithProgress(
  entry: CatalogueEntry,
  { store, ended }: ObtainOptions,
): Promise<void> {
  const { fetchEntry } = await downloader();
  await window.withProgress(
    { location: ProgressLocation.Notification, title: 'AlexNet', cancellable: true },
    (progress, token) =>
      withSignal(token, (cancelled) => {
        const words = new ProgressWords();
        const report = (step: Step): void => {
          const shown = words.add(step, Date.now());
          if (shown) progress.report(shown);
        };
        return fetchEntry(entry, { store, signal: AbortSignal.any([cancelled, ended]), report });
      }),
  );
}

/** Not waited for: a command ends when its work does. */
function showFailure(error: unknown, { loadFile }: ObtainOptions): void {
  const isAlone = error instanceof UnreachableError;
  const sentence = describeError(
    isAlone ? new Error(`${error.message}, or load a file instead`) : error,
  );
  log.error(sentence);
  const buttons = isAlone ? ['Load File…', 'Show Log'] : ['Show Log'];
  unawaited(
    window.showErrorMessage(sentence, ...buttons).then(async (choice) => {
      if (choice === 'Load File…') await loadFile();
      else if (choice === 'Show Log') log.show();
    }),
  );
}
