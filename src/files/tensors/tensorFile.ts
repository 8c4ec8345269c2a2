import type { Shape } from '../../network/tensor/shape';
import type { ByteSource } from '../bytes/byteSource';
import type { OpenBeside } from '../bytes/openBeside';
import type { NormStep } from './normOrder';

/** One tensor of a file, known by name and shape before a value is read. */
export interface TensorInFile {
  readonly name: string;
  /** As the file has it. */
  readonly shape: Shape;
  /** Bytes that it takes in the file. */
  readonly byteLength: number;
  /** Its values in order, row-major, about a MiB at a time, each piece good until the next is asked for; they may be NaN or infinite. Throws a WeightsError where the bytes make no sense. */
  pieces(): AsyncIterable<Float32Array>;
}

/** The floating-point tensors of a file, in the file's own order and layout. */
export interface TensorFile {
  readonly tensors: readonly TensorInFile[];
  /** The id of the document that this product saved the file for: several share names and shapes. */
  readonly savedFor?: string;
  /** How the file's own graph normalises, where it has one. */
  readonly norms?: readonly NormStep[];
  /** Lets go of what reading took, apart from the source itself. */
  close?(): Promise<void>;
}

/** One file format. */
export interface WeightsFormat {
  /** As a sentence names it, such as `safetensors`. */
  readonly name: string;
  /** Whether the content is of this format, from a few of its bytes. Never throws because of what they are. */
  recognises(source: ByteSource): Promise<boolean>;
  /** Reads what describes the tensors, and checks it; throws a WeightsError. */
  open(source: ByteSource, openBeside: OpenBeside): Promise<TensorFile>;
}
