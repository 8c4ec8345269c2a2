import { RemoteError } from '../protocol/rpc';

/** The one sentence a person is shown: a capital, the cause, a full stop. */
export function describeError(error: unknown): string {
  const text =
    (error instanceof Error ? error.message : String(error)).trim() || 'something went wrong';
  // A file's name in front keeps its own case.
  const sentence = text.replace(
    /^[a-z]+(?=[ ,])/,
    (word) => word.charAt(0).toUpperCase() + word.slice(1),
  );
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** Whether the engine threw this class of error. */
export function isOf(remoteName: string, error: unknown): boolean {
  return error instanceof RemoteError && error.remoteName === remoteName;
}

/** What the engine says of a file's content, with the file's name in it; other errors as they are. */
export function labelled(name: string | undefined, error: unknown): unknown {
  if (name === undefined) return error;
  if (!isOf('PictureError', error) && !isOf('WeightsError', error)) return error;
  return new Error(named(name, (error as Error).message), { cause: error });
}

/** `wrong.pth is a JPEG picture, not weights`, or `w.pth: conv1.kernel is missing`. */
function named(name: string, message: string): string {
  const [, predicate] = /^the file ((?:is|has|holds|ends) [\s\S]*)$/.exec(message) ?? [];
  return predicate === undefined ? `${name}: ${message}` : `${name} ${predicate}`;
}
