import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { RemoteFile } from './remoteFile';
import { remoteFileOf } from './remoteFile';
import type { DownloadOptions } from './transfer';
import { transfer } from './transfer';

/**
 * Fetches a file to `path`. Until it is complete it is called `path`.part; a later call goes on from its
 * end, or takes the complete file, if the server still has the same version.
 */
export async function download(
  remote: RemoteFile,
  path: string,
  options: DownloadOptions,
): Promise<void> {
  const known = await bytesOf(path, remote);
  if (known > 0 && known === remote.bytes) return;
  await rm(path, { force: true });
  const part = `${path}.part`;
  const resumable = await bytesOf(part, remote);
  if (resumable === 0) await rm(part, { force: true });
  if (resumable === 0 || resumable !== remote.bytes)
    await fetchRest(remote, part, resumable, options);
  await rename(part, path);
  // A server that names no version leaves no such file.
  await rename(versionFile(part), versionFile(path)).catch(() => undefined);
}

function fetchRest(
  { url, bytes, version }: RemoteFile,
  part: string,
  start: number,
  options: DownloadOptions,
): Promise<void> {
  const onAnswer = async (response: Response, from: number): Promise<void> => {
    if (from === 0) await rememberVersion(part, remoteFileOf(url, response));
  };
  return transfer({ url, start, ifVersion: version ?? '', bytes, onAnswer }, part, options);
}

const versionFile = (part: string): string => `${part}.version`;

/** How much of this very version a file holds; 0 for another version or one that nobody can tell. */
async function bytesOf(path: string, { version, bytes }: RemoteFile): Promise<number> {
  const of = await readFile(versionFile(path), 'utf8').catch(() => undefined);
  if (version === undefined || of !== version) return 0;
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  return size <= (bytes ?? Infinity) ? size : 0;
}

async function rememberVersion(part: string, { version }: RemoteFile): Promise<void> {
  if (version === undefined) await rm(versionFile(part), { force: true });
  else await writeFile(versionFile(part), version);
}
