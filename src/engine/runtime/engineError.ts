/** What the engine cannot do, in one sentence for the person. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}
