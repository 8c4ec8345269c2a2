/** A training whose numbers left all bounds: it cannot go on with its settings. The last checkpoint is good. */
export class DivergenceError extends Error {
  override readonly name = 'DivergenceError';
}
