import type { ExplanationBaseline, ExplanationTarget } from './explanation';

/** Channels that are switched off, by the layer's name: their values are 0. Of a list of units, units. */
export type ChannelsOff = Readonly<Record<string, readonly number[]>>;

/** A part of the network's input, in whole pixels of it; what lies outside is cut off. */
export interface ErasedArea {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Parts of the picture that take the fill's values. */
export interface Erased {
  readonly areas: readonly ErasedArea[];
  readonly fill: ExplanationBaseline;
}

/** What is done to a run to see what would have been. */
export interface RunChanges {
  readonly off?: ChannelsOff;
  readonly erased?: Erased;
}

/** A layer whose channels are weighed for a target. */
export interface SharesRequest {
  readonly layer: string;
  readonly target: ExplanationTarget;
}

export interface LayerShares {
  /** By channel, signed, what it adds to the target: its part of the sum of Grad-CAM's map. Of a list of units, by unit. */
  readonly shares: Float32Array;
  /** The target's on the picture. */
  readonly value: number;
}
