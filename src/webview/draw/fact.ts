/** One line of a layer's card: a term and what stands behind it. */
export interface Fact {
  readonly term: string;
  readonly value: string;
}
