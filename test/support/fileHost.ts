import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { atMost } from './waiting';

/** How the host treats a request: as it should, or as one that a person may meet. */
export type Manner = 'whole' | 'cut' | 'slow' | 'missing' | 'page' | 'hugeLength' | 'noRanges';

/** Where a cut connection ends. */
const cutAt = 0.4;
const slowChunk = 2000;
const slowMs = 20;

/** A server of files on this machine's loopback, standing in for a host of downloads. */
export class FileHost {
  readonly files = new Map<string, Buffer>();
  readonly requests: { readonly path: string; readonly range: string | undefined }[] = [];
  /** The manner of the next requests, the last for all that follow. */
  manners: readonly Manner[] = ['whole'];
  etag = '"1"';
  private readonly server = createServer((request, response) => this.answer(request, response));

  async start(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** Forgets what it was asked, and behaves as it is told. */
  reset(...manners: readonly Manner[]): void {
    this.requests.length = 0;
    this.manners = manners;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? '/').slice(1);
    const { range } = request.headers;
    this.requests.push({ path, range });
    const [manner = 'whole', ...later] = this.manners;
    if (later.length > 0) this.manners = later;
    const file = this.files.get(path);
    if (manner === 'missing' || !file) return void response.writeHead(404).end('no such file');
    if (manner === 'page') {
      const head = { 'content-type': 'text/html; charset=utf-8' };
      return void response.writeHead(200, head).end('<!DOCTYPE html><title>Please log in</title>');
    }
    if (manner === 'hugeLength') {
      response.writeHead(200, { 'content-length': 5e9 }).flushHeaders();
      return;
    }
    this.send(response, file, this.startOf(request, manner), manner);
  }

  private startOf({ headers }: IncomingMessage, manner: Manner): number {
    const same = headers['if-range'] === undefined || headers['if-range'] === this.etag;
    if (manner === 'noRanges' || !same) return 0;
    return Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
  }

  private send(response: ServerResponse, file: Buffer, start: number, manner: Manner): void {
    const rest = file.subarray(start);
    if (rest.length === 0) return void response.writeHead(416).end();
    const head = { etag: this.etag, 'content-length': rest.length };
    const range = { 'content-range': `bytes ${start}-${file.length - 1}/${file.length}` };
    response.writeHead(start > 0 ? 206 : 200, start > 0 ? { ...head, ...range } : head);
    if (manner === 'slow') {
      trickle(response, rest);
      return;
    }
    if (manner !== 'cut') return void response.end(rest);
    const part = rest.subarray(0, Math.ceil(rest.length * cutAt));
    response.write(part, () => setTimeout(() => response.destroy(), atMost(slowMs)));
  }
}

function trickle(response: ServerResponse, bytes: Buffer): void {
  if (response.destroyed) return;
  response.write(bytes.subarray(0, slowChunk));
  const rest = bytes.subarray(slowChunk);
  if (rest.length === 0) response.end();
  else setTimeout(() => trickle(response, rest), slowMs);
}
