import { dirname, join } from 'node:path';
import type { ByteSource } from './byteSource';
import { fileSource } from './byteSource';
import { WeightsError } from './weightsError';

/** Where a file may lie, seen from the file of weights. */
type Reach = 'its folder' | 'its folder or below it';

/**
 * Opens a file of the same folder by its plain name, or one below by a path of such names with slashes; the file of weights
 * owns it and closes it.
 */
export type OpenBeside = (name: string, reach?: Reach) => Promise<ByteSource>;

/** Opens files in the folder of `path`, or below it; throws a WeightsError for a name that leads outside. */
export function besideFile(path: string): OpenBeside {
  return (name, reach = 'its folder') => {
    const parts = reach === 'its folder' ? [name] : name.split('/').filter((part) => part !== '.');
    if (parts.length === 0 || !parts.every(isPlainName)) {
      throw new WeightsError(`names the file ${JSON.stringify(name)}, which is not in ${reach}`);
    }
    return fileSource(join(dirname(path), ...parts)).catch((error: unknown) => {
      if (!(error instanceof WeightsError)) throw error;
      throw new WeightsError(`needs the file ${JSON.stringify(name)} beside it: ${error.message}`, {
        cause: error,
      });
    });
  };
}

function isPlainName(name: string): boolean {
  return /^[^/\\:\0]+$/.test(name) && name !== '.' && name !== '..';
}

/** For a file without a folder on this machine: throws a WeightsError. */
export const nothingBeside: OpenBeside = (name) => {
  throw new WeightsError(
    `needs the file ${JSON.stringify(name)} beside it: copy both to a folder on this machine first`,
  );
};
