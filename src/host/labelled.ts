import { RemoteError } from '../protocol/rpc';

/** Whether the engine threw this class of error. */
export function isOf(remoteName: string, error: unknown): boolean {
  return error instanceof RemoteError && error.remoteName === remoteName;
}

/** What the engine says of a file's content, with the file's name in front; other errors as they are. */
export function labelled(name: string | undefined, error: unknown): unknown {
  if (name === undefined) return error;
  if (!isOf('PictureError', error) && !isOf('WeightsError', error)) return error;
  return new Error(`${name}: ${(error as Error).message}`, { cause: error });
}
