import { mkdir, realpath, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { archiveEntries } from './archive/archiveEntries';
import type { ArchiveEntry } from './archive/entry';
import { checkBinary } from './binaryHeader';
import type { OpenSink } from '../download/disk';
import { BadFileError } from '../download/downloadError';
import type { NativeArchive } from './nativePackage';

/** Far above TensorFlow's 500 MB; a small archive that holds more is a trap. */
const maxUnpackedBytes = 4 * 2 ** 30;

interface UnpackOptions {
  readonly folder: string;
  readonly openSink: OpenSink;
  readonly signal: AbortSignal;
  readonly onBytes: (done: number) => void;
}

/** Takes what the table names out of an archive and leaves the rest; an entry that leads out of the archive ends it. */
export async function unpack(
  archivePath: string,
  archive: NativeArchive,
  options: UnpackOptions,
): Promise<void> {
  const links: { readonly path: string; readonly target: string }[] = [];
  let done = 0;
  for await (const entry of archiveEntries(archivePath, archive.kind)) {
    options.signal.throwIfAborted();
    const taken = archive.take.find((rule) => rule.entry.test(entry.path));
    if (entry.kind === 'link') checkLink(entry);
    if (!taken || entry.kind === 'other') continue;
    const name = taken.keepsPath ? entry.path : basename(entry.path);
    const path = join(options.folder, taken.folder, name);
    await mkdir(dirname(path), { recursive: true });
    if (entry.kind === 'link') links.push({ path, target: entry.target });
    else done = await writeBody(entry, path, done, options);
  }
  for (const { path, target } of links) await symlink(target, path);
}

/** Throws unless all libraries of an archive are there, within the folder, and for this machine. */
export async function checkLibraries(
  folder: string,
  { libraries, path: archivePath }: NativeArchive,
  platform: string,
): Promise<void> {
  const home = (await realpath(folder)) + sep;
  for (const library of libraries) {
    const path = await realpath(join(folder, library)).catch(() => undefined);
    const isThere = path?.startsWith(home) && (await stat(path)).isFile();
    if (!path || !isThere)
      throw new BadFileError(`${basename(archivePath)} holds no ${basename(library)}`);
    checkBinary(path, basename(library), platform);
  }
}

async function writeBody(
  entry: ArchiveEntry,
  path: string,
  before: number,
  { openSink, signal, onBytes }: UnpackOptions,
): Promise<number> {
  let done = before;
  const sink = await openSink(path, 'new');
  try {
    for await (const piece of entry.body) {
      signal.throwIfAborted();
      done += piece.length;
      if (done > maxUnpackedBytes) throw new BadFileError('the archive unpacks without end');
      await sink.write(piece);
      onBytes(done);
    }
  } finally {
    await sink.close();
  }
  return done;
}

/** libtensorflow.so leads to libtensorflow.so.2 beside it; no link has to lead anywhere else. */
function checkLink({ path, target }: ArchiveEntry): void {
  if (/^[\w.-]+$/.test(target) && target !== '..') return;
  throw new BadFileError(`an entry leads out of the archive: the link ${path} to ${target}`);
}
