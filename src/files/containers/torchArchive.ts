import type { PickleValue } from './pickleValue';
import type { TorchStorage } from './torchStorage';

/** Reads a storage's bytes from a file. */
export interface StorageBytes {
  readonly size: number;
  /** Yields a part in pieces of whole elements; a piece is valid until the next is requested. */
  pieces(offset: number, length: number): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** Content of a file of torch.save, in either of its forms. */
export interface TorchArchive {
  /** The object that was saved. */
  readonly root: PickleValue;
  readonly bigEndian: boolean;
  /** Throws a WeightsError where the file has none. */
  storageBytes(storage: TorchStorage): StorageBytes;
}
