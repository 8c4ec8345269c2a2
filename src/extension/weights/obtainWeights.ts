import { CancellationError } from 'vscode';
import { askConsent, withDownloadProgress } from '../say/progress';
import { describeError } from '../../host/errors';
import { UnreachableError } from '../../host/download/downloadError';
import { log } from '../say/log';
import { showError } from '../say/messages';
import type { CatalogueEntry } from '../../library/catalogue';
import type { WeightsStore } from '../../host/weights/weightsStore';
import type { DownloadQuestion } from '../../host/weights/weightsWords';
import { consentDetails, consentWords } from '../../host/weights/weightsWords';

/** Only a download needs it: loading it takes a moment that starting the extension should not. */
const downloader = () => import('../../host/weights/fetchEntry');

interface ObtainOptions {
  readonly store: WeightsStore;
  readonly ended: AbortSignal;
  readonly networks: DownloadQuestion['networks'];
  /** The person has agreed already. */
  readonly isAgreed: boolean;
  /** What is offered where there is no network. */
  readonly loadFile: () => Promise<unknown>;
  /** The same once more, without asking; it goes on from what has arrived. */
  readonly tryAgain: () => Promise<unknown>;
}

/** Has a set in the store: asks, downloads, and says what went wrong. False where the person declined or cancelled, or it failed. */
export async function obtainWeights(
  entry: CatalogueEntry,
  options: ObtainOptions,
): Promise<boolean> {
  const { store, ended, isAgreed } = options;
  if (store.has(entry)) return true;
  if (!isAgreed && !(await agrees(entry, options))) return false;
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

async function agrees(
  entry: CatalogueEntry,
  { store, networks }: Pick<ObtainOptions, 'store' | 'networks'>,
): Promise<boolean> {
  const question = { entry, networks, arrived: await store.bytes(entry) };
  return await askConsent({
    question: `Download ${entry.name}?`,
    detail: consentWords(question),
    more: consentDetails(question, store.folder),
    yes: 'Download',
  });
}

function showFailure(error: unknown, { loadFile, tryAgain }: ObtainOptions): void {
  const isAlone = error instanceof UnreachableError;
  const sentence = describeError(
    isAlone ? new Error(`${error.message}, or load weights from a file`) : error,
  );
  log.error(sentence);
  showError(sentence, { 'Try Again': tryAgain, ...(isAlone && { 'Load Weights…': loadFile }) });
}
