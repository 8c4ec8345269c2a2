import { Readable } from 'node:stream';
import type { Entry, ZipFile } from 'yauzl';
import { fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl';
import type { ByteSource } from '../bytes/byteSource';
import { sliceSource, sourcePieces } from '../bytes/sliceSource';
import { pieceBytes } from '../bytes/byteSource';
import { WeightsError } from '../bytes/weightsError';
import { checkedChunks, inflatedChunks, joinedPieces } from './zipPieces';

type Bytes = Uint8Array<ArrayBuffer>;

/** The part of an entry to read; see ZipEntry.pieces. */
export interface ZipPart {
  readonly from?: number;
  readonly most?: number;
  readonly reuse?: boolean;
}

/** One file in an archive. */
export interface ZipEntry {
  readonly name: string;
  /** In bytes, uncompressed. */
  readonly size: number;
  /** Place of its bytes in the archive; undefined where they are deflated. */
  readonly stored?: { readonly offset: number; readonly length: number };
  /**
   * Its uncompressed bytes from byte `from` on, in pieces of `most` bytes; throws a WeightsError where size or checksum
   * differ from the directory's. With `reuse` a piece is valid until the next is requested.
   */
  pieces(part?: ZipPart): AsyncIterable<Bytes>;
}

/** Entries by full name, in the order of the archive's directory. */
export type ZipEntries = ReadonlyMap<string, ZipEntry>;

/** A checkpoint with its optimizer has under 100 entries. */
const maxEntries = 4096;
/** Trained weights deflate to half at best; only constants reach Deflate's 1032:1. */
const maxRatio = 100;
/** Up to this size any ratio is accepted, as it costs a second at most; the largest tensor has 302 MB as float64. */
const anyRatioBelowBytes = 2 ** 29;
const methods = { stored: 0, deflated: 8 };

/** Whether a file begins with the signature of a zip entry. */
export async function isZip(source: ByteSource): Promise<boolean> {
  if (source.size < 4) return false;
  return new DataView((await source.read(0, 4)).buffer).getUint32(0, true) === 0x04034b50;
}

/** Names of the files in an archive; none where it is not a readable archive. */
export async function zipNames(source: ByteSource): Promise<readonly string[]> {
  if (!(await isZip(source))) return [];
  try {
    return [...(await openZip(source)).keys()];
  } catch (error) {
    if (error instanceof WeightsError) return [];
    throw error;
  }
}

/** Directories by source, since several formats ask for the directory of the same archive. */
const directories = new WeakMap<ByteSource, Promise<ZipEntries>>();

/** Reads and checks an archive's directory (Zip64 too), but no content. */
export function openZip(source: ByteSource): Promise<ZipEntries> {
  const known = directories.get(source);
  if (known) return known;
  const directory = openDirectory(source);
  directories.set(source, directory);
  return directory;
}

async function openDirectory(source: ByteSource): Promise<ZipEntries> {
  try {
    return await readDirectory(source);
  } catch (error) {
    if (error instanceof WeightsError || !(error instanceof Error)) throw error;
    throw new WeightsError(`not a zip archive that can be read: ${error.message}`, {
      cause: error,
    });
  }
}

async function readDirectory(source: ByteSource): Promise<ZipEntries> {
  // A slice throws when read past its end, wherever the directory points.
  const reader = new ZipReader(sliceSource(source, 0, source.size));
  const zip = await fromRandomAccessReaderPromise(reader, source.size, { autoClose: false });
  if (zip.entryCount > maxEntries) {
    throw new WeightsError(
      `the archive claims ${zip.entryCount} entries, more than ${maxEntries} make no sense`,
    );
  }
  const entries = new Map<string, ZipEntry>();
  const places: Place[] = [];
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName;
    if (entries.has(name)) throw new WeightsError(`the archive holds ${name} twice`);
    checkEntry(entry);
    const start = entry.relativeOffsetOfLocalHeader;
    const offset = await dataStart(zip, entry);
    places.push({ name, start, end: offset + entry.compressedSize });
    entries.set(name, zipEntry(source, entry, offset));
  }
  checkOverlaps(places);
  return entries;
}

function checkEntry(entry: Entry): void {
  const { fileName, compressionMethod, compressedSize, uncompressedSize } = entry;
  if (entry.isEncrypted()) throw new WeightsError(`${fileName} is encrypted`);
  if (!Object.values(methods).includes(compressionMethod)) {
    throw new WeightsError(
      `${fileName} is compressed by method ${compressionMethod}; stored and deflated entries are read`,
    );
  }
  if (uncompressedSize > Math.max(anyRatioBelowBytes, compressedSize * maxRatio)) {
    throw new WeightsError(
      `${fileName} claims to unpack from ${compressedSize} to ${uncompressedSize} bytes, as no weights do`,
    );
  }
}

async function dataStart(zip: ZipFile, entry: Entry): Promise<number> {
  return (await zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart;
}

interface Place {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Throws where entries overlap, which is how a small archive can unpack to a huge one. */
function checkOverlaps(places: readonly Place[]): void {
  let reached = 0;
  for (const { name, start, end } of [...places].sort((a, b) => a.start - b.start)) {
    if (start < reached) throw new WeightsError(`${name} overlaps the entry before it`);
    reached = end;
  }
}

function zipEntry(source: ByteSource, entry: Entry, offset: number): ZipEntry {
  const { fileName: name, compressedSize, uncompressedSize: size, crc32 } = entry;
  const packed = sliceSource(source, offset, compressedSize);
  const promised = { name, size, crc32 };
  const deflated = entry.compressionMethod === methods.deflated;
  return {
    name,
    size,
    ...(deflated ? {} : { stored: { offset, length: size } }),
    pieces({ from = 0, most = pieceBytes, reuse = false } = {}) {
      const chunks = deflated
        ? inflatedChunks(packed, name)
        : sourcePieces(packed, pieceBytes, true);
      return joinedPieces(checkedChunks(chunks, promised), {
        skip: from,
        length: size - from,
        most,
        reuse,
      });
    },
  };
}

/** Lets yauzl read from a source. */
class ZipReader extends RandomAccessReader {
  constructor(private readonly source: ByteSource) {
    super();
  }

  override read(
    buffer: Buffer,
    at: number,
    length: number,
    position: number,
    done: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.source.read(position, length).then((bytes) => {
      buffer.set(bytes, at);
      done(null, length);
    }, done);
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(sourcePieces(sliceSource(this.source, start, end - start)));
  }
}
