import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { atMost } from './waiting';

/** One file of the publisher, and how it misbehaves. */
export interface Published {
  readonly bytes: Uint8Array;
  readonly etag?: string;
  readonly type?: string;
  readonly status?: number;
  /** False: ranges are ignored, as RFC 9110 allows. */
  readonly ranges?: boolean;
  /** The connection is cut after so many bytes of a body. */
  readonly cutAfter?: number;
  /** Nothing more comes after so many bytes of a body, and the connection stays. */
  readonly stallAfter?: number;
  /** Where the file has gone, with a status of 302. */
  readonly location?: string;
  /** So many milliseconds between pieces of so many bytes. */
  readonly slow?: { readonly milliseconds: number; readonly bytes: number };
  /** True: the answer does not say how long it is. */
  readonly unsized?: boolean;
}

/** A local HTTP server that stands in for a publisher of files. */
export interface Publisher {
  readonly url: string;
  readonly files: Map<string, Published>;
  /** Method, path and range of every request, in order. */
  readonly requests: string[];
  close(): Promise<void>;
}

export async function startPublisher(): Promise<Publisher> {
  const files = new Map<string, Published>();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const { range } = request.headers;
    requests.push([request.method, path, range].filter(Boolean).join(' '));
    const file = files.get(path);
    if (file) answer(file, request, response);
    else response.writeHead(404, { 'content-type': 'text/html' }).end('<html>not found</html>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(file: Published, request: IncomingMessage, response: ServerResponse): void {
  const { bytes, etag = '"1"', type = 'application/gzip', status, ranges = true } = file;
  const { range, 'if-range': ifRange } = request.headers;
  const asked = /^bytes=(\d+)-$/.exec(range ?? '');
  const resumes = ranges && asked && (ifRange === undefined || ifRange === etag);
  const start = resumes ? Number(asked[1]) : 0;
  if (file.location !== undefined)
    return void response.writeHead(302, { location: file.location }).end();
  if (start > 0 && start >= bytes.length) return void response.writeHead(416).end();
  const body = Buffer.from(bytes).subarray(start);
  response.writeHead(status ?? (resumes ? 206 : 200), {
    etag,
    'content-type': type,
    ...(!file.unsized && { 'content-length': body.length }),
    ...(resumes && { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
  });
  const part = file.cutAfter ?? file.stallAfter;
  if (request.method === 'HEAD') response.end();
  else if (file.slow) trickle(response, body, file.slow);
  else if (part === undefined) response.end(body);
  else
    response.write(body.subarray(0, part), () => file.cutAfter !== undefined && hangUp(response));
}

/** After the client had time to take what was sent. */
function hangUp(response: ServerResponse): void {
  setTimeout(() => response.socket?.destroy(), atMost(100));
}

function trickle(
  response: ServerResponse,
  bytes: Buffer,
  slow: NonNullable<Published['slow']>,
): void {
  if (response.destroyed) return;
  response.write(bytes.subarray(0, slow.bytes));
  const rest = bytes.subarray(slow.bytes);
  if (rest.length === 0) response.end();
  else setTimeout(() => trickle(response, rest, slow), slow.milliseconds);
}
