import type { Size } from './fitSizes';
import type { ChannelOrder, Fit, PerChannel, Preprocess, ResizeFilter } from './preprocess';

const maxSide = 4096;
const largestByte = 255;

export const fitModes: readonly Fit['mode'][] = ['stretch', 'crop', 'warp'];
export const resizeFilters: readonly ResizeFilter[] = ['bilinear', 'bicubic', 'nearest'];
export const channelOrders: readonly ChannelOrder[] = ['RGB', 'BGR'];

/** A step of the preprocessing that someone set. */
export type PreprocessPart = keyof Preprocess;

/** An invalid preprocessing: one sentence with the value, and the part that it belongs to. */
export class PreprocessError extends Error {
  override readonly name = 'PreprocessError';
  constructor(
    message: string,
    readonly part?: PreprocessPart,
  ) {
    super(message);
  }
}

/** Checks untrusted settings for a network with this input; throws a PreprocessError. */
export function checkPreprocess(settings: unknown, input: Size): Preprocess {
  checkSide(input.width, 'the input width');
  checkSide(input.height, 'the input height');
  const fields = asRecord(settings, 'the preprocessing');
  const checked: Preprocess = {
    fit: checkFit(fields['fit'], input),
    filter: checkOneOf(fields['filter'], resizeFilters, 'filter'),
    order: checkOneOf(fields['order'], channelOrders, 'order'),
    scale: checkNumber(fields['scale'], 'scale'),
    mean: checkChannels(fields['mean'], 'mean'),
    std: checkChannels(fields['std'], 'std'),
  };
  checkRange(checked);
  return checked;
}

function checkFit(value: unknown, input: Size): Fit {
  const fields = asRecord(value, 'fit', 'fit');
  switch (fields['mode']) {
    case 'crop':
      return { mode: 'crop', shortSide: checkCovers(fields['shortSide'], 'fit.shortSide', input) };
    case 'warp':
      return { mode: 'warp', size: checkCovers(fields['size'], 'fit.size', input) };
    case 'stretch':
      return { mode: 'stretch' };
    default:
      throw refusal('fit.mode', fields['mode'], "'crop', 'warp' or 'stretch'", 'fit');
  }
}

/** Checks a side that must cover the input, which is cut out of the resized picture. */
function checkCovers(value: unknown, name: string, { width, height }: Size): number {
  const side = checkSide(value, name, 'fit');
  if (side >= width && side >= height) return side;
  throw new PreprocessError(
    `pictures are scaled to ${side} pixels, less than the network's ${width} x ${height}: raise it in the preprocessing`,
    'fit',
  );
}

/** A picture's side in pixels: whole and 1 to 4096. */
function checkSide(value: unknown, name: string, part?: PreprocessPart): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= maxSide) {
    return value;
  }
  throw refusal(name, value, `a whole number from 1 to ${maxSide}`, part);
}

function checkNumber(value: unknown, name: 'scale' | 'mean' | 'std'): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw refusal(name, value, 'a finite number', name);
}

function checkChannels(value: unknown, name: 'mean' | 'std'): PerChannel {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const [first, second, third] = list.map((item) => checkNumber(item, name));
  const isThree = first !== undefined && second !== undefined && third !== undefined;
  if (!isThree || list.length !== 3) throw refusal(name, value, 'three numbers', name);
  const hasZero = name === 'std' && [first, second, third].includes(0);
  if (hasZero) throw refusal(name, value, 'free of zeros', name);
  return [first, second, third];
}

/** Checks that black and white pixels stay finite in float32. */
function checkRange({ scale, mean, std }: Preprocess): void {
  for (const [channel, centre] of mean.entries()) {
    for (const pixel of [0, largestByte]) {
      const scaled = pixel * scale;
      const stages = { scale: scaled, mean: scaled - centre } as const;
      const spread = std[channel] ?? 1;
      const results = { ...stages, std: stages.mean / spread } as const;
      for (const part of ['scale', 'mean', 'std'] as const) {
        if (Number.isFinite(Math.fround(results[part]))) continue;
        throw new PreprocessError(
          `${part} makes ${results[part]} of a pixel, which is too large for float32`,
          part,
        );
      }
    }
  }
}

function checkOneOf<T extends string>(
  value: unknown,
  known: readonly T[],
  name: 'filter' | 'order',
): T {
  const found = known.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw refusal(name, value, known.map((one) => `'${one}'`).join(' or '), name);
}

function asRecord(
  value: unknown,
  name: string,
  part?: PreprocessPart,
): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  throw refusal(name, value, 'an object', part);
}

function refusal(
  name: string,
  value: unknown,
  expected: string,
  part: PreprocessPart | undefined,
): PreprocessError {
  return new PreprocessError(`${name} must be ${expected}, not ${shown(value)}`, part);
}

const longestText = 40;
const longestList = 4;

/** A short form of any value for sentences. */
function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value.slice(0, longestText)}'`;
  if (Array.isArray(value)) {
    const items = value.slice(0, longestList).map((item) => shownItem(item));
    return `[${items.join(', ')}${value.length > longestList ? ', …' : ''}]`;
  }
  return shownItem(value);
}

function shownItem(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return shown(value);
    case 'number':
    case 'boolean':
    case 'bigint':
    case 'undefined':
      return String(value);
    default:
      return value === null ? 'null' : `a value of type ${typeof value}`;
  }
}
