import type { HeatScale } from '../draw/heatScale';
import { formatValue } from '../draw/numberFormat';

/** The numbers under a strip of colours; past a clipped end there may be more. */
export function channelTicks(
  kind: HeatScale['kind'],
  reach: number,
  { clipped }: { readonly clipped: boolean },
): readonly string[] {
  if (reach === 0) return ['0'];
  const [less, more] = clipped ? ['≤ ', '≥ '] : ['', ''];
  const end = `${more}${formatValue(reach)}`;
  return kind === 'sequential'
    ? ['0', formatValue(reach / 2), end]
    : [`${less}${formatValue(-reach)}`, '0', end];
}
