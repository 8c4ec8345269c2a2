import type { Shape } from '../../network/tensor/shape';
import type { Network } from '../../network/network';
import type { PartFolder } from './partFolder';

/** A weight under its name and layout in the file. */
export interface WeightToSave {
  readonly name: string;
  readonly shape: Shape;
  /** Reads its values, row-major; called once, in the order of the list. */
  values(): Promise<Float32Array>;
}

/** Where a format writes: files of a folder that are moved to their place together. */
export interface SavePlace {
  readonly folder: PartFolder;
  /** Name of the file that a person chose. */
  readonly name: string;
  /** Path of that file, which may exist already. */
  readonly path: string;
  /** The document's, which the file names where its format can. */
  readonly documentId: string;
  /** Whose topology TensorFlow.js' file has; none where code has the layers. */
  readonly network?: Network;
  /** More that a safetensors file says of itself. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Writes all weights of a network in one format. */
export type WriteWeights = (weights: readonly WeightToSave[], place: SavePlace) => Promise<void>;

/** The bytes of numbers; little-endian on every supported machine. */
export function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
