import { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';
import type { ByteSource } from '../byteSource';
import { sliceSource, sourcePieces } from '../sliceSource';

/** A source as yauzl reads it. */
export class ZipReader extends RandomAccessReader {
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
