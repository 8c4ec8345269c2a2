import type { Shape } from '../../network/tensor/shape';
import type { Network } from '../../network/network';
import type { PartFolder } from './partFolder';

/** A weight as a file will have it. */
export interface WeightToSave {
  readonly name: string;
  readonly shape: Shape;
  /** Its values, row-major; asked for once, in the order of the list. */
  values(): Promise<Float32Array>;
}

/** Where a format writes: files of a folder that takes its place as a whole. */
export interface SavePlace {
  readonly folder: PartFolder;
  /** Of the file that a person chose, in the folder's place. */
  readonly name: string;
  /** That file; it may be there already. */
  readonly path: string;
  /** The document's, which the file names where its format can. */
  readonly documentId: string;
  readonly network: Network;
}

/** One format's way to write all weights of a network. */
export type WriteWeights = (weights: readonly WeightToSave[], place: SavePlace) => Promise<void>;

/** The bytes of numbers as every machine that runs this has them: little-endian. */
export function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
