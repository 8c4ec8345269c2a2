import { RemoteError } from '../protocol/rpc';

/** Puts a file's name before what the engine says of its content; other errors are passed on as they are. */
export async function labelErrors<T>(name: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (name === undefined || !(error instanceof RemoteError) || !ofContent.has(error.remoteName))
      throw error;
    throw new Error(`${name}: ${error.message}`, { cause: error });
  }
}

/** Errors of the engine that speak of the file it was given. */
const ofContent = new Set(['PictureError', 'WeightsError']);
