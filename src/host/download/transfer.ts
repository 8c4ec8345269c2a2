import { rm } from 'node:fs/promises';
import type { OpenSink, Sink } from './disk';
import { BadFileError, DownloadError } from './downloadError';
import {
  checkAnswer,
  hostName,
  maxDownloadBytes,
  networkReason,
  remoteFileOf,
  request,
  silenceMilliseconds,
} from './remoteFile';

export interface DownloadOptions {
  readonly openSink: OpenSink;
  readonly signal: AbortSignal;
  readonly onBytes: (done: number) => void;
  /** Larger files are refused; a gigabyte unless told. */
  readonly most?: number;
  /** A server that says nothing for so many milliseconds has gone; a minute unless told. */
  readonly silence?: number;
}

/** What is asked of a server: a file, or what is missing of it. */
export interface Wanted {
  readonly url: string;
  /** How many of the file's first bytes are there already. */
  readonly start: number;
  /** The version those bytes are of; without it, the caller has another way to tell that the whole is right. */
  readonly ifVersion?: string;
  /** How large the whole is, where the server does not say. */
  readonly bytes: number | undefined;
  /** Redirects are followed. */
  readonly follow?: boolean;
  /** Looks at an answer before anything is written; `start` is where its body begins. */
  readonly onAnswer?: (response: Response, start: number) => Promise<void>;
}

/** Fetches what is missing of a file and appends it to `part`; throws unless that is all of it. What came stays there. */
export async function transfer(
  wanted: Wanted,
  part: string,
  options: DownloadOptions,
): Promise<void> {
  const { url, start: known, follow = false } = wanted;
  const silence = new AbortController();
  const signal = AbortSignal.any([options.signal, silence.signal]);
  const limit = options.silence ?? silenceMilliseconds;
  const timer = setTimeout(() => silence.abort(new Error('it fell silent')), limit);
  try {
    const headers = rangeHeaders(wanted);
    const response = await request(url, { signal, headers, follow }, options.signal);
    if (known > 0 && response.status === 416) {
      await rm(part, { force: true });
      throw broken(url, 'nothing', 'it has changed');
    }
    const resumed = known > 0 && response.status === 206 && startsAt(response, known);
    if (!resumed) checkAnswer(response, url, 200, options.most);
    const start = resumed ? known : 0;
    await wanted.onAnswer?.(response, start);
    const total = totalBytes(wanted, response, start);
    const sink = await options.openSink(part, resumed ? 'append' : 'new');
    await pour(response, sink, { start, total, url, alive: () => timer.refresh() }, options);
  } finally {
    clearTimeout(timer);
  }
}

function rangeHeaders({ start, ifVersion }: Wanted): Readonly<Record<string, string>> {
  if (start === 0) return {};
  return { range: `bytes=${start}-`, ...(ifVersion !== undefined && { 'if-range': ifVersion }) };
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
  { signal, onBytes, most = maxDownloadBytes }: DownloadOptions,
): Promise<void> {
  let done = start;
  try {
    for await (const chunk of pieces(response, url, () => progress(done, total), signal)) {
      alive();
      done += chunk.length;
      if (done > (total ?? most))
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

function broken(url: string, progress: string, reason: string, cause?: unknown): DownloadError {
  return new DownloadError(
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

function totalBytes(wanted: Wanted, response: Response, start: number): number | undefined {
  const { bytes } = remoteFileOf(wanted.url, response);
  return bytes === undefined ? wanted.bytes : start + bytes;
}

/** A server may answer with another range than it was asked for (RFC 9110, section 14.4). */
function startsAt({ headers }: Response, start: number): boolean {
  return headers.get('content-range')?.startsWith(`bytes ${start}-`) ?? false;
}
