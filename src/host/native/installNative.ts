import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { OpenSink } from '../download/disk';
import { DiskFullError, explainDisk, openSink as openOnDisk } from '../download/disk';
import { download } from '../download/download';
import { BadFileError } from '../download/downloadError';
import { checkChecksum } from '../download/checksum';
import { withLock } from '../download/fileLock';
import type { Step } from '../download/progressWords';
import type { RemoteFile } from '../download/remoteFile';
import { askServer, hostName } from '../download/remoteFile';
import type { NativeArchive } from './nativePackage';
import { addonFile } from './nativePackage';
import { nativePlaces } from './nativePlaces';
import { checkLibraries, unpack } from './unpack';

const retryMilliseconds = 100;
const beingInstalled = (): string => 'the native engine is being installed already';

/** What a person is asked to agree to. */
export interface Offer {
  readonly host: string;
  readonly folder: string;
  readonly files: readonly {
    readonly what: string;
    readonly name: string;
    readonly bytes: number | undefined;
  }[];
}

export interface InstallOptions {
  /** Such as 'linux-x64'. */
  readonly platform: string;
  readonly archives: readonly NativeArchive[];
  /** Such as 'https://host'. */
  readonly host: string;
  /** The extension's global storage. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly consent: (offer: Offer) => Promise<boolean>;
  /** Loads the addon in a process of its own and throws unless it computes correctly there. */
  readonly probe: (addonPath: string) => Promise<unknown>;
  /** Stops what runs on an earlier installation. */
  readonly release: () => unknown;
  readonly report: (step: Step) => void;
  readonly openSink?: OpenSink;
}

/**
 * Fetches, checks and installs a native engine, and says whether the person agreed. All of it appears at once,
 * after it proved itself; whatever fails, what was there before stays.
 */
export async function installNative(options: InstallOptions): Promise<boolean> {
  const { archives, host, folder, signal, consent, report } = options;
  const places = nativePlaces(folder);
  report({ what: `asking ${hostName(host)}` });
  const remotes = await Promise.all(
    archives.map(async (archive) => ({
      archive,
      remote: await askServer(`${host}/${archive.path}`, signal),
    })),
  );
  const files = remotes.map(({ archive: { what, path }, remote: { bytes } }) => ({
    what,
    name: basename(path),
    bytes,
  }));
  if (!(await consent({ host: hostName(host), folder, files }))) return false;
  signal.throwIfAborted();
  try {
    await mkdir(folder, { recursive: true });
    await withLock(places.lock, beingInstalled, () => fetchAndInstall(remotes, options));
  } catch (error) {
    throw explainDisk(error, folder);
  }
  return true;
}

/** Takes everything away that an installation left, finished or not. */
export async function removeNative(folder: string): Promise<void> {
  const { installed, downloads, staging, previous, lock } = nativePlaces(folder);
  try {
    await mkdir(folder, { recursive: true });
    await withLock(lock, beingInstalled, async () => {
      for (const place of [installed, downloads, staging, previous]) await remove(place);
    });
  } catch (error) {
    throw explainDisk(error, folder);
  }
}

type Remotes = readonly { readonly archive: NativeArchive; readonly remote: RemoteFile }[];

async function fetchAndInstall(remotes: Remotes, options: InstallOptions): Promise<void> {
  const places = nativePlaces(options.folder);
  try {
    await mkdir(places.downloads, { recursive: true });
    await remove(places.staging);
    await mkdir(places.staging);
    await fetchAll(remotes, options);
    for (const { archive } of remotes) await stage(archive, options);
    for (const { archive } of remotes)
      await checkLibraries(places.staging, archive, options.platform);
    await prove(options);
    await options.release();
    await swap(places);
    await remove(places.downloads);
  } catch (error) {
    const explained = explainDisk(error, options.folder);
    // A part of the right file is worth keeping; a wrong file is not, nor is anything on a full disk.
    if (explained instanceof BadFileError || explained instanceof DiskFullError)
      await remove(places.downloads);
    throw explained;
  } finally {
    await remove(places.staging);
  }
}

async function fetchAll(remotes: Remotes, options: InstallOptions): Promise<void> {
  const { folder, signal, report } = options;
  const sizes = remotes.map(({ remote }) => remote.bytes);
  const total = sizes.every((bytes) => bytes !== undefined)
    ? sizes.reduce((sum, bytes) => sum + bytes, 0)
    : undefined;
  let before = 0;
  for (const { archive, remote } of remotes) {
    const path = join(nativePlaces(folder).downloads, basename(archive.path));
    const what = `fetching ${archive.what}`;
    let done = 0;
    await download(remote, path, {
      openSink: options.openSink ?? openOnDisk,
      signal,
      onBytes: (bytes) => {
        done = bytes;
        report({ what, done: before + done, total });
      },
    });
    before += remote.bytes ?? done;
  }
}

async function stage(archive: NativeArchive, options: InstallOptions): Promise<void> {
  const { downloads, staging } = nativePlaces(options.folder);
  const { signal, report } = options;
  const name = basename(archive.path);
  const path = join(downloads, name);
  try {
    report({ what: `checking ${archive.what}` });
    if (archive.sha256 !== undefined)
      await checkChecksum(path, name, { kind: 'sha256', hex: archive.sha256 });
    const openSink = options.openSink ?? openOnDisk;
    const what = `unpacking ${archive.what}`;
    const onBytes = (done: number): void => report({ what, done });
    await unpack(path, archive, { folder: staging, openSink, signal, onBytes });
  } catch (error) {
    if (!(error instanceof BadFileError) || error.message.startsWith(name)) throw error;
    throw new BadFileError(`${name}: ${error.message}`, { cause: error });
  }
}

/** The addon runs in a process of its own before anything trusts it. */
async function prove({ folder, probe, signal, report }: InstallOptions): Promise<void> {
  report({ what: 'trying it out' });
  try {
    await probe(join(nativePlaces(folder).staging, ...addonFile.split('/')));
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    throw new BadFileError(`it does not work on this machine and was removed: ${why}`, {
      cause: error,
    });
  }
  signal.throwIfAborted();
}

/** Puts the new installation where an old one may be; the old one comes back if that fails. */
async function swap({
  installed,
  staging,
  previous,
}: ReturnType<typeof nativePlaces>): Promise<void> {
  await remove(previous);
  const had = await move(installed, previous).then(
    () => true,
    (error: unknown) => {
      if ((error as { code?: unknown }).code === 'ENOENT') return false;
      throw error;
    },
  );
  try {
    await move(staging, installed);
  } catch (error) {
    if (had) await move(previous, installed);
    throw error;
  }
  // What is left of it is in nobody's way, and the next installation removes it.
  await remove(previous).catch(() => undefined);
}

/** Renames a folder, with patience on Windows: an engine that was just stopped may still hold its library. */
async function move(from: string, to: string, attempts = 20): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    const { code } = error as { code?: unknown };
    const isHeld = process.platform === 'win32' && (code === 'EPERM' || code === 'EBUSY');
    if (!isHeld || attempts <= 1) throw error;
    await delay(retryMilliseconds);
    await move(from, to, attempts - 1);
  }
}

/** Windows lets go of a library some time after its process has ended. */
async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: retryMilliseconds });
}
