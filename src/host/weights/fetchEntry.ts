import { mkdir, open, rename, rm } from 'node:fs/promises';
import { checkChecksum } from '../download/checksum';
import type { OpenSink } from '../download/disk';
import { DiskFullError, explainDisk, openSink as openOnDisk } from '../download/disk';
import { BadFileError, DownloadError, UnreachableError } from '../download/downloadError';
import { withLock } from '../download/fileLock';
import type { Step } from '../download/progressWords';
import { hostName } from '../download/remoteFile';
import { transfer } from '../download/transfer';
import type { CatalogueEntry } from '../../library/catalogue';
import { foreignFile, refuseForeign } from './foreignContent';
import type { WeightsStore } from './weightsStore';
import { sizeOf } from './weightsStore';

export interface FetchOptions {
  readonly store: WeightsStore;
  readonly signal: AbortSignal;
  readonly report: (step: Step) => void;
  readonly openSink?: OpenSink;
  /** Milliseconds after which a silent server is given up. */
  readonly silence?: number;
}

/**
 * Downloads a set of weights into the store: from the first address that gives it, going on where an earlier
 * download stopped, wherever that came from, as the checksum tells in the end whether the whole is right.
 */
export async function fetchEntry(entry: CatalogueEntry, options: FetchOptions): Promise<void> {
  const { store } = options;
  const part = store.partPath(entry);
  try {
    await mkdir(store.folder, { recursive: true });
    const taken = (): string => `${entry.name} is being downloaded already`;
    await withLock(store.lockPath(entry), taken, async () => {
      if (store.has(entry)) return;
      await fromAnyAddress(entry, options);
      await keepOnDisk(part);
      await rename(part, store.path(entry));
    });
  } catch (error) {
    const explained = explainDisk(error, store.folder);
    if (explained instanceof DiskFullError) await rm(part, { force: true });
    throw explained;
  }
}

async function fromAnyAddress(entry: CatalogueEntry, options: FetchOptions): Promise<void> {
  const failures: { readonly host: string; readonly error: DownloadError }[] = [];
  for (const url of entry.urls.map(weightsUrl)) {
    try {
      await fromAddress(entry, url, options);
      return;
    } catch (error) {
      options.signal.throwIfAborted();
      if (!(error instanceof DownloadError)) throw error;
      failures.push({ host: hostName(url), error });
    }
  }
  const errors = failures.map(({ error }) => error);
  const cause = errors[0];
  if (errors.every((error) => error instanceof UnreachableError)) {
    const hosts = [...new Set(failures.map(({ host }) => host))].join(' and ');
    throw new UnreachableError(hosts, [...new Set(errors.map(({ reason }) => reason))].join(', '), {
      cause,
    });
  }
  const reasons = errors.map(({ message }) => message).join('; ');
  throw new DownloadError(`${entry.name} could not be downloaded: ${reasons}`, { cause });
}

/** A part that turns out to be of something else is not held against this address. */
async function fromAddress(
  entry: CatalogueEntry,
  url: string,
  options: FetchOptions,
): Promise<void> {
  const part = options.store.partPath(entry);
  const start = await sizeOf(part);
  try {
    await attempt(entry, url, start, options);
  } catch (error) {
    const wasDropped = start > 0 && (await sizeOf(part)) === 0;
    if (!(error instanceof DownloadError) || !wasDropped) throw error;
    await attempt(entry, url, 0, options);
  }
}

/** Completes the part and checks it; what is wrong is taken away at once. */
async function attempt(
  entry: CatalogueEntry,
  url: string,
  start: number,
  options: FetchOptions,
): Promise<void> {
  const part = options.store.partPath(entry);
  try {
    if (entry.isRough || start !== entry.bytes) await fetchRest(entry, url, start, options);
    options.report({ what: `checking ${entry.name}` });
    await checkChecksum(part, `what ${hostName(url)} sent`, entry.checksum);
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    const foreign = await foreignFile(part);
    if (foreign !== undefined || error instanceof BadFileError) await rm(part, { force: true });
    if (foreign === undefined) throw error;
    const message = `${hostName(url)} sent ${foreign} instead of the file`;
    throw new BadFileError(message, { cause: error });
  }
}

async function fetchRest(
  entry: CatalogueEntry,
  url: string,
  start: number,
  { store, signal, report, openSink = openOnDisk, silence }: FetchOptions,
): Promise<void> {
  const what = `downloading ${entry.name}`;
  let total = entry.bytes;
  await transfer(
    {
      url,
      start,
      bytes: entry.isRough ? undefined : entry.bytes,
      follow: true,
      onAnswer: async (response, from) => {
        total = (await refuseForeign(entry, url, response, from)) ?? total;
      },
    },
    store.partPath(entry),
    {
      openSink,
      signal,
      onBytes: (done) => report({ what, done, total }),
      ...(silence !== undefined && { silence }),
    },
  );
}

/** After this, not even a power cut leaves a file that only looks complete. */
async function keepOnDisk(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Only this machine can stand in for a publisher: an environment cannot send a person elsewhere. */
const ownNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Where an address is asked for: there, or at the tests' own server, by the address's host and path. */
export function weightsUrl(url: string): string {
  const own = process.env['ALEXNET_WEIGHTS_HOST'];
  if (own === undefined || !URL.canParse(own)) return url;
  const { hostname, origin } = new URL(own);
  if (!ownNames.includes(hostname)) return url;
  const { host, pathname } = new URL(url);
  return `${origin}/${host}${pathname}`;
}
