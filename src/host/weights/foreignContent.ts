import { open } from 'node:fs/promises';
import { headBytes } from '../../content/content';
import { contentOf } from '../../content/contentOf';
import { BadFileError } from '../download/downloadError';
import { megabytes } from '../download/megabytes';
import { hostName, remoteFileOf } from '../download/remoteFile';
import type { CatalogueEntry } from '../../library/catalogue';

/** What a publisher gave instead of a file, by its first bytes; undefined where that cannot be told. */
export function foreignContent(head: Uint8Array): string | undefined {
  const content = contentOf(head);
  return content?.kind === 'standIn' ? content.what : undefined;
}

/** The same of a file, as far as it is there. */
export async function foreignFile(path: string): Promise<string | undefined> {
  const file = await open(path).catch(() => undefined);
  if (!file) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return foreignContent(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/** Throws where an answer leads out of TLS or is not of the right size, and says what it is; else gives the size that the whole will have. */
export async function refuseForeign(
  entry: CatalogueEntry,
  url: string,
  response: Response,
  start: number,
): Promise<number | undefined> {
  if (url.startsWith('https:') && !response.url.startsWith('https:'))
    throw new BadFileError(`${hostName(url)} leads to an address without TLS, ${response.url}`);
  const { bytes } = remoteFileOf(url, response);
  if (bytes === undefined) return undefined;
  const total = start + bytes;
  if (hasRightSize(entry, total)) return total;
  const what = foreignContent(await firstBytes(response)) ?? 'another file';
  throw new BadFileError(
    `${hostName(url)} sent ${what} of ${sizeWords(total)} instead of the file of ${sizeWords(entry.bytes)}`,
  );
}

/** Where the size is rough, anything within half and twice of it is left to the checksum. */
function hasRightSize({ bytes, isRough }: CatalogueEntry, total: number): boolean {
  return isRough ? total > bytes / 2 && total < bytes * 2 : total === bytes;
}

async function firstBytes({ body }: Response): Promise<Uint8Array> {
  const reader = body?.getReader() as ReadableStreamDefaultReader<Uint8Array> | undefined;
  const first = await reader?.read().catch(() => undefined);
  reader?.cancel().catch(() => undefined);
  return first?.value?.subarray(0, headBytes) ?? new Uint8Array();
}

function sizeWords(bytes: number): string {
  return bytes < 1e5 ? `${bytes} bytes` : megabytes(bytes);
}
