import type { ByteSource } from '../bytes/byteSource';
import { WeightsError } from '../bytes/weightsError';
import { readSmallJson } from '../containers/smallJson';
import { lineNames, namesOf } from './classNames';

/** Bound of a file of names; ImageNet-21k's take 600 kB. */
export const maxLabelsBytes = 2 ** 21;

/**
 * The names of classes in a file called `name`: JSON where it ends so, else text. Undefined where it holds none; throws a
 * WeightsError for what is no JSON.
 */
export async function readNames(
  source: ByteSource,
  name: string,
): Promise<readonly string[] | undefined> {
  if (/\.json$/i.test(name)) return namesOf(await readSmallJson(source, maxLabelsBytes));
  return lineNames(new TextDecoder().decode(await source.read(0, source.size)));
}

/** The same for a file that somebody chose; throws a WeightsError in a sentence where it holds no names. */
export async function readChosenNames(
  source: ByteSource,
  name: string,
): Promise<readonly string[]> {
  if (source.size > maxLabelsBytes) {
    const megabytes = Math.ceil(source.size / 2 ** 20);
    throw new WeightsError(`the file has ${megabytes} MB; names of classes of up to 2 MB are read`);
  }
  const names = await readNames(source, name);
  if (names) return names;
  throw new WeightsError(
    'the file holds no names of classes: text with one on each line, or a list or an object of JSON',
  );
}
