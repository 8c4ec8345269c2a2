import { formatShape } from '../../network/shape';
import type { LayerSummary, Totals } from '../../network/summary';
import type { Fact } from '../draw/fact';
import { formatBytes, formatCount, formatShare } from '../draw/numberFormat';

/** What a folded block's card states: the sums of its layers. */
export function blockFacts(layers: readonly LayerSummary[], totals: Totals): readonly Fact[] {
  const sum = (key: 'parameters' | 'macs' | 'activationBytes'): number =>
    layers.reduce((total, layer) => total + layer[key], 0);
  const shared = (key: 'parameters' | 'macs'): string =>
    `${formatCount(sum(key))} (${formatShare(sum(key), totals[key])})`;
  const from = formatShape(layers[0]?.inputShape ?? []);
  const to = formatShape(layers.at(-1)?.outputShape ?? []);
  return [
    { term: 'Layers', value: layers.map(({ name }) => name).join(', ') },
    { term: 'Input → output', value: `${from} → ${to}` },
    { term: 'Parameters', value: shared('parameters') },
    { term: 'MACs', value: shared('macs') },
    { term: 'Activations', value: `${formatBytes(sum('activationBytes'))} float32` },
  ];
}
