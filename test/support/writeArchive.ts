import { crc32, deflateRawSync, gzipSync } from 'node:zlib';

/** A file of an archive, or with `link` a symbolic link. */
export interface ArchiveFile {
  readonly name: string;
  readonly bytes?: Uint8Array;
  readonly link?: string;
}

const block = 512;

/** A tar (POSIX ustar) of these files, not packed. */
export function writeTar(files: readonly ArchiveFile[]): Buffer {
  const parts = files.flatMap(({ name, bytes = new Uint8Array(), link }) => [
    tarHeader(name, bytes.length, link === undefined ? '0' : '2', link ?? ''),
    bytes,
    Buffer.alloc((block - (bytes.length % block)) % block),
  ]);
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

export function writeTarGz(files: readonly ArchiveFile[]): Buffer {
  return gzipSync(writeTar(files), { level: 1 });
}

/** One header of a tar, its checksum right. */
export function tarHeader(name: string, bytes: number, type: string, link = ''): Buffer {
  const header = Buffer.alloc(block);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  header.write(`${bytes.toString(8).padStart(11, '0')}\0`, 124);
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  header.write(link, 157, 100);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((a, b) => a + b, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** A zip of these files, packed or stored. */
export function writeZip(files: readonly ArchiveFile[], method: 0 | 8 = 8): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes = new Uint8Array() } of files) {
    const packed = method === 8 ? deflateRawSync(bytes) : Buffer.from(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), common, rest, Buffer.from(name)]),
    );
    parts.push(local);
    offset += local.length;
  }
  const table = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(table.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, table, end]);
}
