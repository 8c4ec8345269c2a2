import { heatTitles, type HeatMap } from './heatMap';
import { formatCount, formatValue } from './numberFormat';

/** What a map shows: `mean of 96 channels`, `channel 37, the strongest of 96`, `4,096 units, 64 a row`, `Grad-CAM`. */
export function mapWords(map: HeatMap, channels: number): string {
  if (map.isCam) return heatTitles.gradCam;
  if (map.units) return `${formatCount(map.values.length)} units, ${map.columns} a row`;
  if (map.channel === undefined) return `mean of ${formatCount(channels)} channels`;
  return `channel ${map.channel}, the strongest of ${formatCount(channels)}`;
}

/** What is wrong with a map: nothing answered, or cells that are no numbers. */
export function mapWarnings({ scale, values, isCam }: HeatMap): readonly string[] {
  const warnings: string[] = [];
  if (scale.dead && isCam) warnings.push('Nothing here speaks for the class or against it.');
  else if (scale.dead) warnings.push('Dead: every value is 0.');
  if (scale.broken > 0) {
    const all = formatCount(values.length);
    warnings.push(
      `${formatCount(scale.broken)} of ${all} cells are NaN or infinite, shown in magenta.`,
    );
  }
  return warnings;
}

/** The numbers under a colour bar, from its left end to its right. */
export function scaleTicks({ scale }: HeatMap): readonly string[] {
  const { kind, max } = scale;
  if (max === 0) return ['0'];
  return kind === 'sequential'
    ? ['0', formatValue(max / 2), formatValue(max)]
    : [formatValue(-max), '0', formatValue(max)];
}
