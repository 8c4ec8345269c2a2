export interface Prediction {
  /** ImageNet-1k class index, from 0. */
  readonly index: number;
  readonly label: string;
  /** WordNet 3.0's id of the class, such as `n01440764`. */
  readonly synset: string;
  readonly probability: number;
  /** What it was before a change; left out where nothing is changed. */
  readonly before?: number;
}
