import type { Shape } from '../network/tensor/shape';

/** Row-major 8-bit RGB. */
export interface RgbPicture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** One layer of a run, small enough to draw: maps are [height, width]; a list of units is [1, n]. */
export interface LayerRun {
  readonly name: string;
  readonly outputShape: Shape;
  readonly milliseconds: number;
  readonly height: number;
  readonly width: number;
  /** Mean over the channels at each cell. */
  readonly mean: Float32Array;
  /** The channel with the most energy (sum of squares). */
  readonly strongest: Float32Array;
  readonly strongestChannel: number;
}

/** One channel of the tensor that the network saw. */
export interface InputChannel {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** [height, width], small enough to draw: 0 at the least value of all channels, 255 at the largest. */
  readonly grey: Uint8Array;
}

/** What is drawn of one picture's run. */
export interface RunMaps {
  /** In the order they ran, the input left out. */
  readonly layers: readonly LayerRun[];
  /** The decoded picture's own size in pixels, upright. */
  readonly width: number;
  readonly height: number;
  /** The picture, made small enough to show. */
  readonly preview: RgbPicture;
  /** The pixels the network saw, before scale and mean. */
  readonly seen: RgbPicture;
  /** Of the tensor, in its own order. */
  readonly channels: readonly InputChannel[];
  readonly milliseconds: {
    readonly decode: number;
    readonly preprocess: number;
    readonly forward: number;
  };
}
