import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { OpenSink, Sink } from './disk';
import { BadFileError, NativeError } from './nativeError';
import type { RemoteFile } from './remoteFile';
import {
  checkAnswer,
  remoteFileOf,
  hostName,
  maxDownloadBytes,
  networkReason,
  request,
  silenceMilliseconds,
} from './remoteFile';

export interface DownloadOptions {
  readonly openSink: OpenSink;
  readonly signal: AbortSignal;
  readonly onBytes: (done: number) => void;
}

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

/** Throws unless a file has this SHA-256, in hexadecimal. */
export async function checkSha256(path: string, name: string, expected: string): Promise<void> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  const found = hash.digest('hex');
  if (found !== expected)
    throw new BadFileError(`${name} has the checksum ${found}; it should be ${expected}`);
}

async function fetchRest(
  remote: RemoteFile,
  part: string,
  known: number,
  options: DownloadOptions,
): Promise<void> {
  const silence = new AbortController();
  const signal = AbortSignal.any([options.signal, silence.signal]);
  const timer = setTimeout(() => silence.abort(new Error('it fell silent')), silenceMilliseconds);
  try {
    const range = { range: `bytes=${known}-`, 'if-range': remote.version ?? '' };
    const response = await request(
      remote.url,
      { signal, ...(known > 0 && { headers: range }) },
      options.signal,
    );
    if (known > 0 && response.status === 416) {
      await rm(part, { force: true });
      throw broken(remote.url, 'nothing', 'it has changed');
    }
    const resumed = known > 0 && response.status === 206 && startsAt(response, known);
    if (!resumed) checkAnswer(response, remote.url, 200);
    const start = resumed ? known : 0;
    const total = totalBytes(remote, response, start);
    if (!resumed) await rememberVersion(part, remoteFileOf(remote.url, response));
    const sink = await options.openSink(part, resumed ? 'append' : 'new');
    await pour(
      response,
      sink,
      { start, total, url: remote.url, alive: () => timer.refresh() },
      options,
    );
  } finally {
    clearTimeout(timer);
  }
}

interface Pouring {
  readonly start: number;
  readonly total: number | undefined;
  readonly url: string;
  /** Called with every piece. */
  readonly alive: () => void;
}

/** Writes what arrives, and throws unless that is all of it. */
async function pour(
  response: Response,
  sink: Sink,
  { start, total, url, alive }: Pouring,
  { signal, onBytes }: DownloadOptions,
): Promise<void> {
  let done = start;
  try {
    for await (const chunk of pieces(response, url, () => progress(done, total), signal)) {
      alive();
      done += chunk.length;
      if (done > (total ?? maxDownloadBytes))
        throw new BadFileError(`${hostName(url)} sent more than the ${progress(done, total)}`);
      await sink.write(chunk);
      onBytes(done);
    }
  } finally {
    await sink.close();
  }
  if (total !== undefined && done < total)
    throw broken(url, progress(done, total), 'it ended early');
}

/** The body's pieces; a connection that breaks becomes a sentence. */
async function* pieces(
  { body }: Response,
  url: string,
  progress: () => string,
  cancelled: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const reader = body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  try {
    for (;;) {
      const next = await reader.read().catch((error: unknown) => {
        cancelled.throwIfAborted();
        throw broken(url, progress(), networkReason(error), error);
      });
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // Whoever stops reading early hangs up.
    reader.cancel().catch(() => undefined);
  }
}

function broken(url: string, progress: string, reason: string, cause?: unknown): NativeError {
  return new NativeError(
    `the connection to ${hostName(url)} broke after ${progress} (${reason}): try again to go on from there`,
    { cause },
  );
}

function progress(done: number, total: number | undefined): string {
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  return total === undefined
    ? `${megabytes(done)} MB`
    : `${megabytes(done)} of ${megabytes(total)} MB`;
}

function totalBytes(remote: RemoteFile, response: Response, start: number): number | undefined {
  const { bytes } = remoteFileOf(remote.url, response);
  return bytes === undefined ? remote.bytes : start + bytes;
}

/** A server may answer with another range than it was asked for (RFC 9110, section 14.4). */
function startsAt({ headers }: Response, start: number): boolean {
  return headers.get('content-range')?.startsWith(`bytes ${start}-`) ?? false;
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
