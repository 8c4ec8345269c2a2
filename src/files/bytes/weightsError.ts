/** A file of weights that cannot be used: one sentence with what is wrong and, where it helps, what was expected. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
}
