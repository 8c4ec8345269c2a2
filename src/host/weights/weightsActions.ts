/** What the panel and a run ask of the choice of weights. */
export interface WeightsActions {
  choose(): Promise<unknown>;
  /** A picture was classified with untrained weights. */
  offer(): void;
  loadOffered(): Promise<unknown>;
  /** What a button says that does so. */
  readonly offerLabel: string;
}
