import { BadFileError } from '../../download/downloadError';

/** Takes exact numbers of bytes from a stream of chunks. */
export class ByteReader {
  private chunk: Buffer = Buffer.alloc(0);
  private readonly source: AsyncIterator<Buffer>;
  private sectionLeft = 0;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.source = chunks[Symbol.asyncIterator]();
  }

  /** So many bytes in one piece; for small numbers. */
  async read(bytes: number): Promise<Buffer> {
    this.sectionLeft = bytes;
    const pieces: Buffer[] = [];
    for await (const piece of this.section()) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  /** Opens a section, whose bytes come piece by piece. */
  open(bytes: number): AsyncIterable<Buffer> {
    this.sectionLeft = bytes;
    return this.section();
  }

  /** Passes over what is left of the open section. */
  async skip(): Promise<void> {
    const section = this.section();
    while (!(await section.next()).done);
  }

  /** Passes over the rest of the stream, which makes a decompressor check its sum. */
  async drain(): Promise<void> {
    while (await this.refill());
  }

  async close(): Promise<void> {
    await this.source.return?.();
  }

  private async *section(): AsyncGenerator<Buffer> {
    while (this.sectionLeft > 0) {
      if (this.chunk.length === 0 && !(await this.refill()))
        throw new BadFileError('the archive is cut short');
      const piece = this.chunk.subarray(0, this.sectionLeft);
      this.chunk = this.chunk.subarray(piece.length);
      this.sectionLeft -= piece.length;
      yield piece;
    }
  }

  private async refill(): Promise<boolean> {
    const next = await this.source.next();
    if (next.done) return false;
    this.chunk = next.value;
    return true;
  }
}
