import type { Explanation, ExplanationMethod } from '../../protocol/explanation';
import { formatShare, formatValue } from '../draw/numberFormat';
import { methodWords } from './methodWords';
import type { TargetKind } from './unitTarget';

/** What is asked about: the names of classes, or a unit in words. */
export interface Named {
  /** A class unless told. */
  readonly kind?: TargetKind;
  readonly target: string;
  /** The class that it is set against. */
  readonly minus: string | undefined;
}

/** `Why golf ball and not ping-pong ball?` */
export function questionWords({ target, minus }: Named): string {
  return minus === undefined ? `Why ${target}?` : `Why ${target} and not ${minus}?`;
}

/** `Logit of golf ball`, `Logit of golf ball less that of tench`, `Mean of conv5, channel 12`. */
export function targetWords({ kind, target, minus }: Named): string {
  if (kind === 'unit') return `Value of ${target}`;
  if (kind === 'channel') return `Mean of ${target}`;
  return minus === undefined ? `Logit of ${target}` : `Logit of ${target} less that of ${minus}`;
}

/** What the two colours mean. */
export function signWords(method: ExplanationMethod, { target, minus }: Named): string {
  const { unit, isOfPattern } = methodWords[method];
  if (isOfPattern) {
    return 'Red and blue are the two ends of one pattern: which end is which means nothing.';
  }
  if (unit === 'slope') {
    const more = minus === undefined ? target : `${target} rather than ${minus}`;
    return `Red: larger values there would speak for ${more}. Blue: smaller ones would. No colour: zero.`;
  }
  const other = minus ?? 'against it';
  return minus === undefined
    ? `Red speaks for ${target}, blue ${other}. No colour: zero.`
    : `Red speaks for ${target} rather than ${other}, blue for ${other}. No colour: zero.`;
}

/** An answer where nothing is red; undefined where something is. */
export function verdictWords(
  method: ExplanationMethod,
  values: Float32Array,
  { target, minus }: Named,
): string | undefined {
  const most = values.reduce((best, value) => Math.max(best, value), -Infinity);
  const least = values.reduce((best, value) => Math.min(best, value), Infinity);
  const broken = values.some((value) => !Number.isFinite(value));
  if (broken) return 'Some values are NaN or infinite: there the map says nothing.';
  if (most > 0 || methodWords[method].isOfPattern) return undefined;
  const rather = minus === undefined ? '' : ` rather than ${minus}`;
  return least < 0
    ? `Nothing in this picture speaks for ${target}${rather}: no value is above zero.`
    : `Every value is zero: this method finds nothing that speaks for ${target}${rather} or against it.`;
}

/** `The map adds up to 8.1 of 8.3: 2.4 % is missing.`; undefined where a method promises no sum. */
export function completenessWords({ completeness }: Explanation): string | undefined {
  if (!completeness) return undefined;
  const { sum, expected } = completeness;
  const error = Math.abs(sum - expected);
  const share = expected === 0 ? '' : ` (${formatShare(error, Math.abs(expected))})`;
  return `All values add up to ${formatValue(sum)}; by the method’s definition they should to ${formatValue(expected)}: an error of ${formatValue(error)}${share}.`;
}
