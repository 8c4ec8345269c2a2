import { formatCount } from '../../network/tensor/formatCount';

const units = [
  { size: 1e9, prefix: 'G' },
  { size: 1e6, prefix: 'M' },
  { size: 1e3, prefix: 'k' },
] as const;

export { formatCount };

/** `34.9 k`, `1.3 M`: short enough to stand under a block. */
const countWords = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** A count in running text: `ten`, `13`. */
export function countInWords(count: number): string {
  return countWords[count] ?? formatCount(count);
}

export function formatShortCount(count: number): string {
  const unit = units.find(({ size }) => count >= size);
  return unit ? `${(count / unit.size).toFixed(1)} ${unit.prefix}` : formatCount(count);
}

/** `1.20 MB`, `746 kB`, `36 B`: decimal units, three digits. */
export function formatBytes(bytes: number): string {
  const unit = units.find(({ size }) => bytes >= size);
  return unit ? `${(bytes / unit.size).toPrecision(3)} ${unit.prefix}B` : `${bytes} B`;
}

/** `39.3 %` of a whole; a share too small for one decimal is not called zero. */
export function formatShare(part: number, whole: number): string {
  const percent = whole > 0 ? (100 * part) / whole : 0;
  if (percent > 0 && percent < 0.05) return '< 0.1 %';
  return `${percent.toFixed(1)} %`;
}

/** `5.5 ms`, `42 ms`. */
export function formatMilliseconds(milliseconds: number): string {
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : milliseconds.toFixed(0)} ms`;
}

/** A single value with six digits, about what a float32 holds: `3.41873`; NaN and infinity by name. */
export function formatExact(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return String(Number(value.toPrecision(6)))
    .replace('-', '−')
    .replace('e−', 'e-');
}

/** A value of a map with three digits: `3.42`, `-0.00120`, `1.2e-7`; a true minus sign. */
export function formatValue(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text =
    size >= 1e-3 && size < 1e5 ? String(Number(value.toPrecision(3))) : value.toExponential(1);
  return text.replace('-', '−').replace('e−', 'e-');
}

/** A value with six digits, about float32's precision, so that a person can add up what is shown: `0.0312500`. */
export function formatPrecise(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size >= 1e-4 && size < 1e6 ? value.toPrecision(6) : value.toExponential(5);
  return text.replace('-', '−').replace('e−', 'e-').replace('e+', 'e');
}

/** A value for a cell with room for no more than a few digits: `−.031`, `1.4`, `3e-5`. */
export function formatBrief(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return digits()
    .replace('-', '−')
    .replace('e−', 'e-')
    .replace('e+', 'e')
    .replace(/^(−?)0\./, '$1.');

  function digits(): string {
    if (size >= 0.1 && size < 1e4) return String(Number(value.toPrecision(2)));
    return size >= 1e-3 && size < 1 ? value.toFixed(3) : value.toExponential(0);
  }
}

/** `0.9053`; `1 − 3.2e-7` where four digits would not tell it from 1. */
export function formatCosine(cosine: number): string {
  const short = cosine.toFixed(4);
  if (short !== '1.0000' || cosine >= 1) return short === '1.0000' ? '1' : short.replace('-', '−');
  return `1 − ${formatValue(1 - cosine)}`;
}

/** `+0.84`, `−0.2`, `0`. */
export function signed(value: number): string {
  return value > 0 ? `+${formatValue(value)}` : formatValue(value);
}
