import { inspect } from 'node:util';
import type {
  Fit,
  PerChannel,
  Preprocess,
  ResizeFilter,
  ChannelOrder,
} from '../network/preprocess';
import { PictureError } from './pictureError';

const maxSide = 4096;
const filters: readonly ResizeFilter[] = ['bilinear', 'bicubic', 'nearest'];
const orders: readonly ChannelOrder[] = ['RGB', 'BGR'];

/** Settings that came from elsewhere, once they are sound; throws PictureError with the value that is not. */
export function checkPreprocess(settings: unknown): Preprocess {
  const fields = asRecord(settings, 'the preprocessing');
  return {
    fit: checkFit(fields['fit']),
    filter: checkOneOf(fields['filter'], filters, 'filter'),
    order: checkOneOf(fields['order'], orders, 'order'),
    scale: checkNumber(fields['scale'], 'scale'),
    mean: checkChannels(fields['mean'], 'mean'),
    std: checkChannels(fields['std'], 'std', (value) => value !== 0),
  };
}

function checkFit(value: unknown): Fit {
  const fields = asRecord(value, 'fit');
  switch (fields['mode']) {
    case 'crop':
      return { mode: 'crop', shortSide: checkSide(fields['shortSide'], 'fit.shortSide') };
    case 'warp':
      return { mode: 'warp', size: checkSide(fields['size'], 'fit.size') };
    case 'stretch':
      return { mode: 'stretch' };
    default:
      throw refusal('fit.mode', fields['mode'], "'crop', 'warp' or 'stretch'");
  }
}

/** A picture's side in pixels: whole and 1 to 4096. */
export function checkSide(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= maxSide) {
    return value;
  }
  throw refusal(name, value, `a whole number from 1 to ${maxSide}`);
}

function checkNumber(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw refusal(name, value, 'a finite number');
}

function checkChannels(
  value: unknown,
  name: string,
  accepts: (value: number) => boolean = () => true,
): PerChannel {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const [first, second, third] = list.map((item) => checkNumber(item, name));
  const isThree = first !== undefined && second !== undefined && third !== undefined;
  if (!isThree || list.length !== 3) throw refusal(name, value, 'three numbers');
  if (![first, second, third].every(accepts)) throw refusal(name, value, 'free of zeros');
  return [first, second, third];
}

function checkOneOf<T extends string>(value: unknown, known: readonly T[], name: string): T {
  const found = known.find((candidate) => candidate === value);
  if (found === undefined) throw refusal(name, value, known.map((one) => `'${one}'`).join(' or '));
  return found;
}

function asRecord(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  throw refusal(name, value, 'an object');
}

function refusal(name: string, value: unknown, expected: string): PictureError {
  const shown = inspect(value, { depth: 1, breakLength: Infinity });
  return new PictureError(`${name} must be ${expected}, not ${shown}`);
}
