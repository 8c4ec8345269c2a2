/** What the person points at: a cell of a layer's map as it is drawn, or a pixel of the network's input. */
export type Probe =
  | {
      readonly kind: 'cell';
      readonly layer: string;
      readonly row: number;
      readonly column: number;
    }
  | { readonly kind: 'pixel'; readonly row: number; readonly column: number };

/** Sets what is pointed at, undefined for nothing; `aloud` announces it to screen readers. */
export type PointAt = (probe: Probe | undefined, options: { readonly aloud: boolean }) => void;
