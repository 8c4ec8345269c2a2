import type { ByteSource } from './byteSource';
import type { OpenBeside } from './openBeside';
import { WeightsError } from './weightsError';

/** Opens a file of the same folder; undefined where there is none. */
export type FindBeside = (name: string) => Promise<ByteSource | undefined>;

/** Files beside another that are not there, or not to be had, are no fault of it. */
export function findingBeside(openBeside: OpenBeside): FindBeside {
  return async (name) => {
    try {
      return await openBeside(name);
    } catch (error) {
      if (error instanceof WeightsError) return undefined;
      throw error;
    }
  };
}
