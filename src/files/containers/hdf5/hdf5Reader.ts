import type { ByteSource } from '../../bytes/byteSource';
import { WeightsError } from '../../bytes/weightsError';
import { Hdf5Cursor } from './hdf5Cursor';

/** Bound of reads, so that structures that point in a cycle end; a model of a hundred layers takes some thousand. */
const maxReads = 50_000;
const maxStructureBytes = 2 ** 25;

/** Reads a file's structures by address, a bounded number of times. */
export class Hdf5Reader {
  private reads = 0;
  private bytes = 0;

  constructor(private readonly source: ByteSource) {}

  get size(): number {
    return this.source.size;
  }

  async at(address: number, length: number): Promise<Hdf5Cursor> {
    this.check(address, length);
    this.reads += 1;
    this.bytes += length;
    if (this.reads > maxReads || this.bytes > maxStructureBytes) {
      throw new WeightsError('the groups of the HDF5 file have no end: save the file again');
    }
    return new Hdf5Cursor(await this.source.read(address, length));
  }

  /** Reads up to `most` bytes from an address, fewer at the file's end. */
  upTo(address: number, most: number): Promise<Hdf5Cursor> {
    return this.at(address, Math.max(0, Math.min(most, this.size - address)));
  }

  /** Throws a WeightsError for a range outside the file. */
  check(address: number, length: number): void {
    if (Number.isSafeInteger(address + length) && address + length <= this.size) return;
    throw new WeightsError(
      `the HDF5 file points to ${length} bytes at ${address} of ${this.size}: it is damaged or cut short`,
    );
  }
}
