import { megabytes } from './megabytes';
import { DownloadError, UnreachableError } from './downloadError';

/** Something larger than this is not what was asked for. */
export const maxDownloadBytes = 1024 * 2 ** 20;

/** A server that says nothing for this long has gone. */
export const silenceMilliseconds = 60_000;

/** What a server says of a file before it is fetched. */
export interface RemoteFile {
  readonly url: string;
  readonly bytes: number | undefined;
  /** Changes with the content: a strong ETag, else the time of the last change. */
  readonly version: string | undefined;
}

export function hostName(url: string): string {
  return new URL(url).host;
}

/** Asks how large a file is, and whether it is there at all. */
export async function askServer(url: string, signal: AbortSignal): Promise<RemoteFile> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(silenceMilliseconds)]);
  const response = await request(url, { method: 'HEAD', signal: limit }, signal);
  checkAnswer(response, url, 200);
  return remoteFileOf(url, response);
}

/** What an answer says of the file it carries. */
export function remoteFileOf(url: string, { headers }: Response): RemoteFile {
  const etag = headers.get('etag');
  return {
    url,
    bytes: wholeNumber(headers.get('content-length')),
    version:
      (etag?.startsWith('"') ? etag : undefined) ?? headers.get('last-modified') ?? undefined,
  };
}

/** Like fetch, as VS Code patches it for proxies; a server that cannot be reached becomes a sentence. */
export async function request(
  url: string,
  options: {
    readonly method?: 'HEAD';
    readonly headers?: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
    /** Where consent names an address that leads elsewhere and a checksum tells what arrives. */
    readonly follow?: boolean;
  },
  cancelled: AbortSignal,
): Promise<Response> {
  try {
    const { follow = false, ...more } = options;
    // Packed on the way, sizes would not fit.
    const headers = { ...more.headers, 'accept-encoding': 'identity' };
    // Consent names one host, so no redirect is followed unless that was said.
    return await fetch(url, { ...more, headers, redirect: follow ? 'follow' : 'manual' });
  } catch (error) {
    cancelled.throwIfAborted();
    throw new UnreachableError(hostName(url), networkReason(error), { cause: error });
  }
}

/** Throws unless the answer has the status that was asked for and may be a file. */
export function checkAnswer(
  { status, headers }: Response,
  url: string,
  wanted: number,
  most = maxDownloadBytes,
): void {
  const name = url.split('/').at(-1) ?? url;
  if (status === 404) throw new DownloadError(`${hostName(url)} has no ${name} (404)`);
  if (status !== wanted)
    throw new DownloadError(`${hostName(url)} answered ${status} when asked for ${name}`);
  if (headers.get('content-type')?.startsWith('text/html'))
    throw new DownloadError(`${hostName(url)} answered with a web page when asked for ${name}`);
  const bytes = wholeNumber(headers.get('content-length')) ?? 0;
  if (bytes > most)
    throw new DownloadError(`${name} has ${megabytes(bytes)}, which is too much to be true`);
}

/** Node hides the reason behind "fetch failed". */
export function networkReason(error: unknown): string {
  const { cause, code } = error as { cause?: { code?: unknown }; code?: unknown };
  const known = cause?.code ?? code;
  if (typeof known === 'string') return known;
  return error instanceof Error ? error.message : String(error);
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}
