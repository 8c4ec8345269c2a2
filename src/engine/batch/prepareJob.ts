import { decodePicture } from '../../imaging/decodePicture';
import type { Preprocess } from '../../network/preprocess/preprocess';
import type { MapShape } from '../../network/tensor/shape';
import { pictureInput } from '../run/pictureInput';

/** A file of a picture, and how the network wants it. */
export interface PrepareJob {
  readonly bytes: Uint8Array;
  readonly preprocess: Preprocess;
  /** Of the network's input. */
  readonly shape: MapShape;
}

/** What the network is given of a picture, [height, width, channels]; throws a PictureError where it is none. */
export async function runJob(
  { bytes, preprocess, shape }: PrepareJob,
  wasmDirectory: string,
): Promise<Float32Array> {
  const picture = await decodePicture(bytes, wasmDirectory);
  return pictureInput(picture, preprocess, shape).values;
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
