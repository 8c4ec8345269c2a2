import type { LayerKind, WeightName } from '../../network/layers/layer';
import type { Shape } from '../../network/tensor/shape';
import type { ByteSource } from '../bytes/byteSource';
import type { OpenBeside } from '../bytes/openBeside';
import type { NormStep } from './normOrder';

/** Order of a kernel's axes: TensorFlow's [h, w, in, out] and [in, out], or PyTorch's [out, in, h, w] and [out, in]. */
export type Layout = 'outputs last' | 'outputs first';

/** What a file's own graph says of a tensor: more than its name can. */
export interface TensorPlace {
  /** The tensors of one layer of the file share it. */
  readonly layer: string;
  readonly kind: LayerKind;
  readonly weight: WeightName;
  /** Of a kernel, where its shape may not tell. */
  readonly layout?: Layout;
  /** Of a moving variance: what the file adds to it before its root, where that may not be what the network adds. */
  readonly epsilon?: number;
}

/** One tensor of a file, known by name and shape before a value is read. */
export interface TensorInFile {
  readonly name: string;
  /** In the file's layout. */
  readonly shape: Shape;
  /** Bytes of its values in the file. */
  readonly byteLength: number;
  readonly place?: TensorPlace;
  /**
   * Its values, row-major, about 1 MiB at a time; a piece is valid until the next is requested. Values may be NaN or
   * infinite. Throws a WeightsError where the bytes are not valid.
   */
  pieces(): AsyncIterable<Float32Array>;
}

/** Whether a map's channels or its cells come first in a list of its values. */
export type FlattenedOrder = 'channels first' | 'channels last';

/** Tensors that lie together in a file of several such sets. */
export interface TensorSet {
  /** Where they lie, such as `state_dict_ema`; empty for the file itself. */
  readonly key: string;
  /** Throws a WeightsError where one cannot be read. */
  tensors(): readonly TensorInFile[];
}

/** The floating-point tensors of a file, in the file's own order and layout. */
export interface TensorFile {
  /** Of the likeliest set, where the file has several. */
  readonly tensors: readonly TensorInFile[];
  /** Where the file has several sets of tensors: all of them, the likeliest first. */
  readonly sets?: readonly TensorSet[];
  /** The id of the document that this product saved the file for: several share names and shapes. */
  readonly savedFor?: string;
  /** How the file's own graph normalises, where it has one. */
  readonly norms?: readonly NormStep[];
  /** The order in which maps were flattened before the first dense layer, where the file itself says so. */
  readonly flattened?: FlattenedOrder;
  /** Convolutions' kernels are turned by 180 degrees, as Theano convolves with them. */
  readonly turnedKernels?: boolean;
  /** Releases all resources but the source itself. */
  close?(): Promise<void>;
}

/** One file format. */
export interface WeightsFormat {
  /** Its name in sentences, such as `safetensors`. */
  readonly name: string;
  /** Whether the content is of this format, by a few of its bytes; does not throw for any content. */
  recognises(source: ByteSource): Promise<boolean>;
  /** Reads and checks the description of the tensors; throws a WeightsError. */
  open(source: ByteSource, openBeside: OpenBeside): Promise<TensorFile>;
}
