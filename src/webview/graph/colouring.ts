import { formatBytes, formatMilliseconds, formatShortCount } from '../draw/numberFormat';
import type { LayerSummary } from '../../network/summary';
import type { Times } from '../../network/tableColumns';
import type { Colouring } from '../state/viewState';

/** What the graph may be coloured by besides the kinds of its layers. */
export type Amount = Exclude<Colouring, 'kind'>;

interface AmountRule {
  /** What the bar under a block is a share of. */
  readonly whole: string;
  /** What its scale says of it. */
  readonly unit: string;
  /** Counts span decades, and a linear scale would show one layer only; times are looked at for the longest. */
  readonly scale: 'linear' | 'log';
  /** Undefined where it is not known. */
  readonly of: (layer: LayerSummary, times: Times) => number | undefined;
  readonly words: (value: number) => string;
}

export const amounts: Readonly<Record<Amount, AmountRule>> = {
  parameters: {
    whole: 'all parameters',
    unit: 'parameters',
    scale: 'log',
    of: ({ parameters }) => parameters,
    words: formatShortCount,
  },
  macs: {
    whole: 'all multiply-adds',
    unit: 'multiply-adds',
    scale: 'log',
    of: ({ macs }) => macs,
    words: formatShortCount,
  },
  time: {
    whole: 'the run’s time',
    unit: 'of the last run',
    scale: 'linear',
    of: ({ name }, times) => times.get(name),
    words: formatMilliseconds,
  },
  bytes: {
    whole: 'the bytes of all outputs',
    unit: 'of output, float32',
    scale: 'log',
    of: ({ activationBytes }) => activationBytes,
    words: formatBytes,
  },
};

/** The amounts of all layers, and the scale that colours them. */
export interface AmountScale {
  readonly amount: Amount;
  readonly values: ReadonlyMap<string, number>;
  readonly total: number;
  /** The least above zero, and the most; both 0 where all are. */
  readonly least: number;
  readonly most: number;
}

/** Gathers an amount of a network's layers; `times` by layer, empty without a run. */
export function amountScale(
  amount: Amount,
  layers: readonly LayerSummary[],
  times: Times,
): AmountScale {
  const { of } = amounts[amount];
  const values = new Map<string, number>();
  for (const layer of layers) {
    const value = of(layer, times);
    if (value !== undefined) values.set(layer.name, value);
  }
  const above = [...values.values()].filter((value) => value > 0);
  return {
    amount,
    values,
    total: above.reduce((sum, value) => sum + value, 0),
    least: above.length > 0 ? Math.min(...above) : 0,
    most: Math.max(0, ...above),
  };
}

/** The sum over some layers, such as those of a folded block; undefined where none is known. */
export function amountOf(
  { values }: Pick<AmountScale, 'values'>,
  layers: readonly string[],
): number | undefined {
  const known = layers.flatMap((name) => values.get(name) ?? []);
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) : undefined;
}

/** Where an amount stands on the scale, from 0 to 1; undefined for none, which has no colour. */
export function amountPosition(
  { amount, least, most }: AmountScale,
  value: number,
): number | undefined {
  if (value <= 0 || most <= 0) return undefined;
  const capped = Math.min(value, most);
  if (amounts[amount].scale === 'linear') return capped / most;
  return most === least ? 1 : Math.max(0, Math.log(capped / least) / Math.log(most / least));
}

/** Colour of the least amount on the scale, so that it differs from none. */
const leastStrength = 0.12;

/** How strongly a place on the scale is coloured, from 0 for none to 1. */
export function strength(position: number | undefined): number {
  return position === undefined ? 0 : leastStrength + (1 - leastStrength) * position;
}

/** The amounts at the left end, the middle and the right end of the scale's strip, in words. */
export function scaleTicks({ amount, least, most }: AmountScale): readonly string[] {
  const { scale, words } = amounts[amount];
  if (most === 0) return ['0'];
  if (scale === 'linear') return ['0', words(most)];
  return [words(least), words(Math.round(Math.sqrt(least * most))), words(most)];
}
