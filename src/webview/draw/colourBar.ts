import { element } from './element';
import { heatStops, type HeatScale } from './heatScale';

const stops = 17;

/** A strip of a heat scale with words under it, evenly spread from its left end to its right. */
export function colourBar(
  kind: HeatScale['kind'] | 'amount',
  ticks: readonly string[],
  colours: readonly string[] = kind === 'amount' ? [] : heatStops(kind, stops),
): HTMLElement {
  const strip = element('div', { class: 'colour-strip' });
  strip.style.backgroundImage = `linear-gradient(to right, ${colours.join(', ')})`;
  const words = ticks.map((tick) => element('span', {}, tick));
  return element(
    'div',
    { class: 'colour-bar', 'data-scale': kind },
    strip,
    element('div', { class: 'colour-ticks' }, ...words),
  );
}
