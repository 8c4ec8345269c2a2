import { decodePicture } from '../../imaging/decodePicture';
import { preprocess } from '../../imaging/preprocess';
import type { Preprocess } from '../../network/preprocess/preprocess';
import type { Size } from '../../network/preprocess/fitSizes';

/** A file of a picture, and how the network wants it. */
export interface PrepareJob {
  readonly bytes: Uint8Array;
  readonly preprocess: Preprocess;
  /** Of the network's input, in pixels. */
  readonly size: Size;
}

/** The tensor [height, width, 3] of a picture; throws a PictureError where it is none. */
export async function runJob(
  { bytes, preprocess: settings, size }: PrepareJob,
  wasmDirectory: string,
): Promise<Float32Array> {
  const picture = await decodePicture(bytes, wasmDirectory);
  return preprocess(picture, settings, size.height, size.width).tensor;
}

/** What a thread is asked. */
export interface PrepareQuestion {
  readonly id: number;
  readonly job: PrepareJob;
}

/** What it answers: the tensor, or the error by its class and words. */
export type PrepareAnswer = { readonly id: number } & (
  | { readonly tensor: Float32Array<ArrayBuffer> }
  | { readonly name: string; readonly message: string }
);
