/** What the person points at: a cell of a layer's map as it is drawn, or a pixel of the network's input. */
export type Probe =
  | {
      readonly kind: 'cell';
      readonly layer: string;
      readonly row: number;
      readonly column: number;
    }
  | { readonly kind: 'pixel'; readonly row: number; readonly column: number };

/** Tells what is pointed at; nothing any more where it is undefined. Spoken where the keyboard went there. */
export type PointAt = (probe: Probe | undefined, options: { readonly aloud: boolean }) => void;
