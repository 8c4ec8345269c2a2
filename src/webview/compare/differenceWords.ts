import type { Cell } from '../../network/tensor/cell';
import type { Difference } from '../../protocol/comparison';
import { isUnits } from '../channels/channelWords';
import { valueAt } from '../draw/channelStats';
import type { Fact } from '../draw/factList';
import {
  formatCosine,
  formatCount,
  formatExact,
  formatShare,
  formatValue,
} from '../draw/numberFormat';
import type { LayerDifference } from './layerDifference';

/** The numbers of a layer's two sides. */
export function differenceFacts({
  maxAbs,
  rmse,
  rms,
  cosine,
  broken,
}: Difference): readonly Fact[] {
  const facts = [
    { term: 'max abs', value: formatValue(maxAbs) },
    { term: 'RMSE', value: formatValue(rmse) },
    { term: 'of A’s RMS', value: rms > 0 ? formatShare(rmse, rms) : '–' },
    { term: 'cosine', value: cosine === undefined ? '–' : formatCosine(cosine) },
  ];
  if (broken === 0) return facts;
  return [...facts, { term: 'NaN or infinite', value: formatCount(broken) }];
}

/** `channel 37 · row 3, column 5 · A 1.20519 · B 0.71 · B − A −0.49519`. */
export function differenceLine(
  { a, b, apart }: LayerDifference,
  { channel, row, column }: Cell,
): string {
  const place = isUnits(apart.maps)
    ? [`unit ${channel}`]
    : [`channel ${channel}`, `row ${row}, column ${column}`];
  const value = ({ maps }: LayerDifference['a']): string =>
    formatExact(valueAt(maps, channel, row, column));
  return [...place, `A ${value(a)}`, `B ${value(b)}`, `B − A ${value(apart)}`].join(' · ');
}
