/** One value of a layer; in a list of units the channel is the unit, row and column are 0. */
export interface Cell {
  readonly row: number;
  readonly column: number;
  readonly channel: number;
}
