/** What only the page can draw: the graph, one channel of a layer, or all of them as tiles in a PNG. */
export type PageDrawing =
  | { readonly kind: 'graph'; readonly format: 'svg' | 'png' }
  /** The map that the graph shows. */
  | { readonly kind: 'map'; readonly layer: string }
  | { readonly kind: 'channel'; readonly layer: string; readonly channel: number }
  /** Every channel as a tile. */
  | { readonly kind: 'sheet'; readonly layer: string };
