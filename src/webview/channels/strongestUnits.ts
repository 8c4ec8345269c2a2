import type { LayerStats } from '../draw/channelStats';
import { button, element } from '../draw/element';
import { formatExact } from '../draw/numberFormat';

/** The strongest units with their values, and the names of their classes where they are classes. */
export function strongestUnits(
  { maps, peak }: LayerStats,
  units: readonly number[],
  labels: readonly string[] | undefined,
  explain: (unit: number) => void,
): HTMLElement {
  const rows = units.map((unit) => {
    const value = maps.data[unit] ?? NaN;
    const part = element('div', { class: 'part-bar' });
    part.style.width = `${peak > 0 ? Math.max(0, (100 * value) / peak) : 0}%`;
    return element(
      'li',
      { 'data-unit': unit },
      element('span', { class: 'unit' }, String(unit)),
      element('span', {}, labels?.[unit] ?? ''),
      element('span', { class: 'numeric' }, formatExact(value)),
      button('Why?', () => explain(unit), { kind: 'link', 'aria-label': `Why unit ${unit}?` }),
      element('div', { class: 'track-bar' }, part),
    );
  });
  return element(
    'section',
    { class: 'strongest-units', 'aria-label': 'Strongest units' },
    element('h3', {}, `The ${units.length} strongest units`),
    element('ol', {}, ...rows),
  );
}
