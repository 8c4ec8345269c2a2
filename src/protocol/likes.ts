/** Of one picture, by channel: the largest value of a layer's cells, and its cell, row by row. */
export interface StrongestCells {
  readonly values: Float32Array;
  readonly cells: Uint32Array;
}
