/** Why the native engine was not installed, in one sentence. */
export class NativeError extends Error {
  override readonly name = 'NativeError';
}
