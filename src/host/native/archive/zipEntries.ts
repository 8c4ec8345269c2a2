import type { FileHandle } from 'node:fs/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { BadFileError } from '../../download/downloadError';
import { decompressed } from './decompressed';
import type { ArchiveEntry } from './entry';
import { innerPath } from './entry';

const endBytes = 22;
const maxCommentBytes = 0xffff;
const maxDirectoryBytes = 16 * 2 ** 20;

interface Record {
  readonly name: string;
  readonly method: number;
  readonly sum: number;
  readonly packed: number;
  readonly bytes: number;
  readonly offset: number;
  readonly isLink: boolean;
}

/** The entries of a zip, in its directory's order (APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.16). */
export async function* zipEntries(file: FileHandle): AsyncGenerator<ArchiveEntry> {
  for (const record of await directory(file)) {
    const isFolder = record.name.endsWith('/');
    yield {
      path: innerPath(record.name),
      kind: isFolder || record.isLink ? 'other' : 'file',
      target: '',
      body: content(file, record),
    };
  }
}

async function directory(file: FileHandle): Promise<readonly Record[]> {
  const { size } = await file.stat();
  const tailBytes = Math.min(size, endBytes + maxCommentBytes);
  const tail = await exactly(file, size - tailBytes, tailBytes);
  const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end + endBytes > tail.length) throw new BadFileError('the archive is cut short');
  const count = tail.readUInt16LE(end + 10);
  const bytes = tail.readUInt32LE(end + 12);
  if (bytes > maxDirectoryBytes)
    throw new BadFileError('the archive has a directory of giant size');
  const table = await exactly(file, tail.readUInt32LE(end + 16), bytes);
  const records: Record[] = [];
  for (let at = 0; records.length < count;) {
    if (at + 46 > table.length || table.readUInt32BE(at) !== 0x504b_0102)
      throw new BadFileError('the archive has a damaged directory');
    const nameBytes = table.readUInt16LE(at + 28);
    records.push(record(table, at, nameBytes));
    at += 46 + nameBytes + table.readUInt16LE(at + 30) + table.readUInt16LE(at + 32);
  }
  return records;
}

function record(table: Buffer, at: number, nameBytes: number): Record {
  const unixMode = table.readUInt32LE(at + 38) >>> 16;
  return {
    name: table.toString('utf8', at + 46, at + 46 + nameBytes),
    method: table.readUInt16LE(at + 10),
    sum: table.readUInt32LE(at + 16),
    packed: table.readUInt32LE(at + 20),
    bytes: table.readUInt32LE(at + 24),
    offset: table.readUInt32LE(at + 42),
    isLink: (unixMode & 0o170000) === 0o120000,
  };
}

async function* content(file: FileHandle, record: Record): AsyncGenerator<Buffer> {
  const local = await exactly(file, record.offset, 30);
  if (local.readUInt32BE(0) !== 0x504b_0304)
    throw new BadFileError('the archive has a damaged directory');
  const start = record.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  let sum = 0;
  let bytes = 0;
  for await (const chunk of unpacked(file, start, record)) {
    sum = crc32(chunk, sum);
    bytes += chunk.length;
    if (bytes > record.bytes) break;
    yield chunk;
  }
  if (sum !== record.sum || bytes !== record.bytes)
    throw new BadFileError(`${record.name} is damaged: its checksum is wrong`);
}

function unpacked(file: FileHandle, start: number, record: Record): AsyncIterable<Buffer> {
  const source = pieces(file, start, record.packed);
  if (record.method === 0) return source;
  if (record.method !== 8) throw new BadFileError(`${record.name} is packed in an unknown way`);
  return decompressed(source, createInflateRaw());
}

const pieceBytes = 256 * 1024;

async function* pieces(file: FileHandle, start: number, bytes: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < bytes; done += pieceBytes)
    yield await exactly(file, start + done, Math.min(pieceBytes, bytes - done));
}

async function exactly(file: FileHandle, position: number, bytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, position);
  if (bytesRead < bytes) throw new BadFileError('the archive is cut short');
  return buffer;
}
