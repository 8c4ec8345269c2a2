import { strict as assert } from 'node:assert';
import { bytesSource } from '../../../src/files/bytes/byteSource';
import type { ZipEntry } from '../../../src/files/containers/zip';
import { isZip, openZip } from '../../../src/files/containers/zip';
import { sliceSource } from '../../../src/files/bytes/sliceSource';
import { pieceBytes } from '../../../src/files/bytes/byteSource';
import { WeightsError } from '../../../src/files/bytes/weightsError';
import { pythonFile } from '../../support/pythonFiles';
import { atMost } from '../../support/waiting';
import { writeZip } from '../../support/writeArchive';

async function contents(entry: ZipEntry, part?: { from?: number; most?: number }): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of entry.pieces(part)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Opening the archive and reading all of it. */
async function readAll(bytes: Uint8Array): Promise<void> {
  for (const entry of (await openZip(bytesSource(bytes))).values()) await contents(entry);
}

async function assertRefused(bytes: Uint8Array, message: RegExp): Promise<void> {
  const started = performance.now();
  await assert.rejects(readAll(bytes), (error) => {
    assert.ok(error instanceof WeightsError, String(error));
    assert.match(error.message, message);
    return true;
  });
  assert.ok(performance.now() - started < atMost(5_000));
}

const two = [
  { name: 'a', bytes: Buffer.from('first of all') },
  { name: 'b', bytes: Buffer.alloc(300, 7) },
];
const deflated = writeZip(two);
const stored = writeZip(two, 0);

/** Where the archive's directory begins, its entries' headers, and its end record. */
const directory = (zip: Buffer): number => zip.indexOf('PK\x01\x02');
const second = (zip: Buffer): number => zip.indexOf('PK\x01\x02', directory(zip) + 4);
const end = (zip: Buffer): number => zip.lastIndexOf('PK\x05\x06');

/** A copy with one number written over. */
function changed(zip: Buffer, at: number, value: number, bytes: 2 | 4): Buffer {
  const copy = Buffer.from(zip);
  copy.writeUIntLE(value, at, bytes);
  return copy;
}

const hostile: readonly { why: string; bytes: Buffer; message: RegExp }[] = [
  { why: 'four bytes', bytes: Buffer.from('PK\x03\x04'), message: /not a zip archive/ },
  {
    why: 'an archive without its end',
    bytes: stored.subarray(0, end(stored)),
    message: /not a zip archive .*End of central directory/,
  },
  {
    why: 'an archive with bytes behind it',
    bytes: Buffer.concat([stored, Buffer.alloc(3)]),
    message: /comment length/,
  },
  {
    why: 'two entries of one name',
    bytes: writeZip([two[0]!, two[0]!]),
    message: /holds a twice/,
  },
  {
    why: 'a name that leaves the archive',
    bytes: writeZip([{ name: '../a', bytes: Buffer.from('x') }]),
    message: /relative path: \.\.\/a/,
  },
  {
    why: 'two entries over the same bytes',
    bytes: changed(stored, second(stored) + 42, 0, 4),
    message: /b overlaps the entry before it/,
  },
  {
    why: 'an entry that begins beyond the file',
    bytes: changed(stored, directory(stored) + 42, 0x7fffffff, 4),
    message: /the file has|were promised/,
  },
  {
    why: 'an entry longer than the file',
    bytes: changed(
      changed(stored, directory(stored) + 20, 100_000, 4),
      directory(stored) + 24,
      100_000,
      4,
    ),
    message: /overflows file bounds/,
  },
  {
    why: 'a stored entry of two sizes',
    bytes: changed(stored, directory(stored) + 24, 13, 4),
    message: /size mismatch/,
  },
  {
    why: 'an entry that claims four gigabytes',
    bytes: changed(deflated, directory(deflated) + 24, 0xfffffffe, 4),
    message: /a claims to unpack from \d+ to 4294967294 bytes/,
  },
  {
    why: 'an entry that unpacks to more than it claims',
    bytes: changed(deflated, second(deflated) + 24, 299, 4),
    message: /b unpacks to more than its 299 bytes/,
  },
  {
    why: 'an entry that unpacks to less than it claims',
    bytes: changed(deflated, second(deflated) + 24, 301, 4),
    message: /b ends after 300 of its 301 bytes/,
  },
  {
    why: 'bytes that are not what was packed',
    bytes: changed(stored, stored.indexOf('first'), 0x7878, 2),
    message: /a is damaged: its checksum/,
  },
  {
    why: 'a packed entry that is no Deflate',
    bytes: changed(deflated, 31, 0xffff, 2),
    message: /a cannot be unpacked/,
  },
  {
    why: 'an encrypted entry',
    bytes: changed(deflated, directory(deflated) + 8, 1, 2),
    message: /a is encrypted/,
  },
  {
    why: 'an unknown compression',
    bytes: changed(deflated, directory(deflated) + 10, 12, 2),
    message: /a is compressed by method 12/,
  },
  {
    why: 'a directory that lies elsewhere',
    bytes: changed(stored, end(stored) + 16, 1, 4),
    message: /central directory file header signature/,
  },
  {
    why: 'a directory beyond the file',
    bytes: changed(stored, end(stored) + 16, 0xfffffff0, 4),
    message: /were promised/,
  },
  {
    why: 'more entries than there are',
    bytes: changed(stored, end(stored) + 10, 3, 2),
    message: /46 bytes from byte \d+ on were promised/,
  },
  {
    why: 'more entries than make sense',
    bytes: changed(stored, end(stored) + 10, 60_000, 2),
    message: /claims 60000 entries/,
  },
  {
    why: 'an archive in several parts',
    bytes: changed(stored, end(stored) + 4, 1, 2),
    message: /multi-disk/,
  },
  {
    why: 'a wrong local header',
    bytes: changed(stored, 0, 0, 4),
    message: /local file header signature/,
  },
];

describe('the zip reader', () => {
  for (const { why, bytes, message } of hostile) {
    it(`refuses ${why}`, () => assertRefused(bytes, message));
  }

  it('refuses an archive cut short at any byte', async () => {
    for (const zip of [stored, deflated, pythonFile('streamed.zip')]) {
      for (let length = 4; length < zip.length; length++) {
        await assertRefused(zip.subarray(0, length), /./);
      }
    }
  });

  it('ends in a result or a WeightsError whatever byte is changed', async () => {
    const zip = pythonFile('streamed.zip');
    for (let at = 0; at < zip.length; at++) {
      for (const value of [0, 1, 0x7f, 0xff]) {
        const copy = Buffer.from(zip);
        copy[at] = value;
        await readAll(copy).catch((error: unknown) =>
          assert.ok(error instanceof WeightsError, `byte ${at} as ${value}: ${String(error)}`),
        );
      }
    }
  });

  it('unpacks a bomb no further than it says, in pieces', async () => {
    const zip = writeZip([{ name: 'zeros', bytes: Buffer.alloc(5e7) }]);
    const lying = changed(zip, directory(zip) + 24, 1000, 4);
    await assertRefused(lying, /unpacks to more than its 1000 bytes/);
    const entry = (await openZip(bytesSource(zip))).get('zeros')!;
    for await (const piece of entry.pieces()) {
      assert.equal(piece.length, pieceBytes);
      break;
    }
  });

  it('reads stored and deflated entries, whole and from a byte on', async () => {
    for (const zip of [stored, deflated]) {
      assert.ok(await isZip(bytesSource(zip)));
      const entries = await openZip(bytesSource(zip));
      assert.deepEqual([...entries.keys()], ['a', 'b']);
      assert.equal((await contents(entries.get('a')!)).toString(), 'first of all');
      const part = { from: 6, most: 2 };
      assert.equal((await contents(entries.get('a')!, part)).toString(), 'of all');
      assert.equal((await contents(entries.get('b')!)).length, 300);
    }
  });

  it('reads the directory of a source once, whatever formats are tried', async () => {
    const bytes = bytesSource(stored);
    let reads = 0;
    const source = {
      ...bytes,
      read: (offset: number, length: number) => ((reads += 1), bytes.read(offset, length)),
    };
    const entries = await openZip(source);
    const once = reads;
    assert.equal(await openZip(source), entries);
    assert.equal(reads, once);
  });

  it('says where a stored entry lies', async () => {
    const source = bytesSource(stored);
    const { offset, length } = (await openZip(source)).get('a')!.stored!;
    const slice = sliceSource(source, offset, length);
    assert.equal(Buffer.from(await slice.read(0, slice.size)).toString(), 'first of all');
    assert.equal((await openZip(bytesSource(deflated))).get('a')!.stored, undefined);
  });

  it('reads a streamed archive, with sizes behind the entries and Zip64', async () => {
    const entries = await openZip(bytesSource(pythonFile('streamed.zip')));
    assert.equal((await contents(entries.get('deflated')!)).toString(), 'abc'.repeat(100));
    assert.equal((await contents(entries.get('stored')!)).toString(), 'plain');
  });

  it('a slice gives nothing outside itself', async () => {
    const source = bytesSource(Buffer.from([1, 2, 3, 4]));
    const slice = sliceSource(source, 1, 2);
    assert.deepEqual(await slice.read(0, 2), Uint8Array.of(2, 3));
    await assert.rejects(slice.read(1, 2), /2 bytes from byte 1 on were promised, there are 2/);
    await assert.rejects(slice.read(-1, 1), WeightsError);
    assert.throws(() => sliceSource(source, 2, 3), /the file has 4 bytes, 3 from byte 2 on/);
  });
});
