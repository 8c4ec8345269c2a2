/** `waiting`: what is known of it, if anything, is of other weights, another network or other preparation. */
export type StripStatus = 'waiting' | 'running' | 'done' | 'failed';

/** One of several pictures. */
export interface StripItem {
  /** Unique in a window. */
  readonly id: number;
  /** The picture's path as a person would say it. */
  readonly name: string;
  readonly status: StripStatus;
  /** What the network took it for, once it is `done`. */
  readonly result?: {
    /** Of the class, from 0. */
    readonly index: number;
    readonly label: string;
    readonly probability: number;
    readonly trained: boolean;
  };
  /** Changes with its thumbnail; left out while there is none. */
  readonly thumbnail?: number;
  /** One sentence, where it failed. */
  readonly why?: string;
}

/** Several pictures that a person steps through. Thumbnails are asked for one by one. */
export interface PictureStrip {
  readonly items: readonly StripItem[];
  /** The picture on screen, if it is one of these. */
  readonly shown: number | undefined;
  /** Where the person is: the picture on screen, or one that is on its way or failed. */
  readonly current: number | undefined;
  /** Each is shown as it is done. */
  readonly following: boolean;
  /** Pictures of the same folder beyond as many as are taken. */
  readonly leftOut: number;
}
