import { CancellationError, window } from 'vscode';
import { askConsent, withDownloadProgress } from '../say/progress';
import { describeError } from '../../host/errors';
import { UnreachableError } from '../../host/download/downloadError';
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
  const { store, ended } = options;
  if (store.has(entry)) return true;
  const question = `Download ${entry.name}?`;
  const detail = consentDetail(entry, store.folder);
  if (!(await askConsent({ question, detail, yes: 'Download' }))) return false;
  try {
    const { fetchEntry } = await downloader();
    await withDownloadProgress(ended, (signal, report) =>
      fetchEntry(entry, { store, signal, report }),
    );
    log.info(`${entry.name} was downloaded to ${store.path(entry)}`);
    return true;
  } catch (error) {
    if (error instanceof CancellationError) log.info(`${entry.name}: cancelled`);
    else showFailure(error, options);
    return false;
  }
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
