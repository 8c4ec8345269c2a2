/** Of one picture, by channel: the largest value of a layer's cells, and its cell, row by row. */
export interface StrongestCells {
  readonly values: Float32Array;
  readonly cells: Uint32Array;
}

/** How many pictures are kept for each channel. */
export const keptPatches = 9;

/** Where a channel answers most in one picture; of a list of units row and column are 0. */
export interface Patch {
  /** The picture's number in its search. */
  readonly picture: number;
  readonly name: string;
  /** Of the cell: before a softmax, after any other activation. */
  readonly value: number;
  readonly row: number;
  readonly column: number;
}

/** A search for the patches of pictures that the channels of a layer answer most to, as the panel shows it. */
export interface PanelPatches {
  /** When, in milliseconds since 1970: tells one search from the next. */
  readonly begun: number;
  readonly documentId: string;
  readonly layer: string;
  /** Where the pictures come from, in words. */
  readonly from: string;
  /** Of the weights that ran. */
  readonly weightsId: number;
  readonly status: 'running' | 'done' | 'stopped';
  /** Why it stopped, where no person did it. */
  readonly why?: string;
  /** In all, those that are through, those of these that cannot be read, and how many were left out. */
  readonly pictures: number;
  readonly done: number;
  readonly unreadable: number;
  readonly leftOut: number;
  /** Changes when there is more to be read. */
  readonly version: number;
}

/** What a search found for a channel so far, the strongest first. */
export interface PatchesAnswer {
  readonly patches: readonly Patch[];
  /** The first pictures that cannot be read, and why. */
  readonly unreadable: readonly { readonly name: string; readonly why: string }[];
}
