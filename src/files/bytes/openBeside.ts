import { dirname, join } from 'node:path';
import type { ByteSource } from './byteSource';
import { fileSource } from './byteSource';
import { WeightsError } from './weightsError';

/** Opens a file of the same folder, by its plain name; the file of weights owns it and closes it. */
export type OpenBeside = (name: string) => Promise<ByteSource>;

/** Opens files in the folder of `path`; throws a WeightsError for a name that leads outside. */
export function besideFile(path: string): OpenBeside {
  return (name) => {
    if (!/^[^/\\:\0]+$/.test(name) || name === '.' || name === '..') {
      throw new WeightsError(`names the file ${JSON.stringify(name)}, which is not in its folder`);
    }
    return fileSource(join(dirname(path), name)).catch((error: unknown) => {
      if (!(error instanceof WeightsError)) throw error;
      throw new WeightsError(`needs the file ${JSON.stringify(name)} beside it: ${error.message}`, {
        cause: error,
      });
    });
  };
}

/** For a file without a folder on this machine: throws a WeightsError. */
export const nothingBeside: OpenBeside = (name) => {
  throw new WeightsError(
    `needs the file ${JSON.stringify(name)} beside it: copy both to a folder on this machine first`,
  );
};
