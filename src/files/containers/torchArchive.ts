import type { PickleValue } from './pickleValue';
import type { TorchStorage } from './torchStorage';

/** A storage's bytes in a file. */
export interface StorageBytes {
  readonly size: number;
  /** A part of them, in pieces of whole numbers, each good until the next is asked for. */
  pieces(offset: number, length: number): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** What torch.save wrote, whichever of its forms a file has. */
export interface TorchArchive {
  /** The object that was saved. */
  readonly root: PickleValue;
  readonly bigEndian: boolean;
  /** Throws a WeightsError where the file has none. */
  storageBytes(storage: TorchStorage): StorageBytes;
}
