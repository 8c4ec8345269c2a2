import { BadFileError } from '../../download/downloadError';
import { ByteReader } from './byteReader';
import type { ArchiveEntry } from './entry';
import { innerPath } from './entry';

const block = 512;
/** Longer names than this are no names. */
const maxNameBytes = 64 * 1024;

interface Names {
  readonly path?: string;
  readonly linkpath?: string;
}

/** The entries of a tar (POSIX ustar and pax, and GNU's long names), one after the other as the bytes arrive. */
export async function* tarEntries(chunks: AsyncIterable<Buffer>): AsyncGenerator<ArchiveEntry> {
  const reader = new ByteReader(chunks);
  try {
    let names: Names = {};
    for (;;) {
      const header = await reader.read(block);
      if (header.every((byte) => byte === 0)) break;
      checkSum(header);
      const size = number(header.subarray(124, 136));
      const type = String.fromCharCode(header[156] ?? 0);
      const padding = (block - (size % block)) % block;
      if ('xgLK'.includes(type)) {
        if (size > maxNameBytes) throw new BadFileError('the archive has a name of giant length');
        const bytes = await reader.read(size);
        names = { ...names, ...longNames(type, bytes) };
      } else {
        yield entry(header, type, names, reader.open(size));
        await reader.skip();
        names = {};
      }
      await reader.read(padding);
    }
    await reader.drain();
  } finally {
    await reader.close();
  }
}

function entry(
  header: Buffer,
  type: string,
  names: Names,
  body: AsyncIterable<Buffer>,
): ArchiveEntry {
  const isUstar = header.toString('latin1', 257, 262) === 'ustar';
  const prefix = isUstar && header[262] === 0 ? text(header.subarray(345, 500)) : '';
  const short = text(header.subarray(0, 100));
  const path = innerPath(names.path ?? (prefix ? `${prefix}/${short}` : short));
  const target = names.linkpath ?? text(header.subarray(157, 257));
  const kind = type === '0' || type === '\0' ? 'file' : type === '2' ? 'link' : 'other';
  return { path, kind, target, body };
}

function longNames(type: string, bytes: Buffer): Names {
  if (type === 'L') return { path: text(bytes) };
  if (type === 'K') return { linkpath: text(bytes) };
  // A pax header of the whole archive names no file.
  return type === 'x' ? paxNames(bytes) : {};
}

/** Records of the form "30 path=some/long/name\n", where 30 counts the record's own bytes. */
function paxNames(bytes: Buffer): Names {
  const names: { path?: string; linkpath?: string } = {};
  for (let start = 0; start < bytes.length;) {
    const space = bytes.indexOf(' ', start);
    const length = Number(bytes.toString('latin1', start, space));
    if (space < 0 || !(length > 0)) throw new BadFileError('the archive has a damaged pax header');
    const [, key, value] =
      /^(\w+)=([^]*)\n$/.exec(bytes.toString('utf8', space + 1, start + length)) ?? [];
    if (key === 'size') throw new BadFileError('the archive has a file of giant size');
    if (key === 'path' || key === 'linkpath') names[key] = value ?? '';
    start += length;
  }
  return names;
}

function text(field: Buffer): string {
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? field.length : end);
}

/** Octal digits. GNU's binary numbers are for files above 8 GB, which have no place here. */
function number(field: Buffer): number {
  const digits = text(field).trim();
  if (!/^[0-7]+$/.test(digits)) throw new BadFileError('the archive has a damaged header');
  return parseInt(digits, 8);
}

/** The sum of the header's bytes, its own field counted as spaces. */
function checkSum(header: Buffer): void {
  const own = number(header.subarray(148, 156));
  const sum = header.reduce((a, byte, i) => a + (i >= 148 && i < 156 ? 0x20 : byte), 0);
  if (sum !== own) throw new BadFileError('the archive has a damaged header');
}
