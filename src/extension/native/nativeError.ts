/** Why the native engine was not installed, in one sentence. */
export class NativeError extends Error {
  override readonly name: string = 'NativeError';
}

/** What was fetched is not what it should be: none of it is kept. */
export class BadFileError extends NativeError {
  override readonly name = 'BadFileError';
}
