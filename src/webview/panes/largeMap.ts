import type { LayerSummary } from '../../network/summary';
import { element } from '../dom/element';
import { heatImage } from '../dom/pixelImage';
import type { HeatMap } from '../heat/heatMap';
import { mapWarnings, mapWords, scaleTicks } from '../heat/mapWords';
import { colourBar } from './colourBar';

/** A layer's map as large as the pane, with the numbers of its scale. */
export function largeMap(map: HeatMap, { name, outputShape }: LayerSummary): HTMLElement {
  const words = mapWords(map, outputShape.at(-1) ?? 0);
  const image = element('img', {
    class: 'large-map',
    src: heatImage(map),
    alt: `Heatmap of ${name}: ${words}`,
  });
  const frame = element('div', { class: 'map-frame' }, image);
  const warnings = mapWarnings(map).map((warning) => element('p', { class: 'note' }, warning));
  return element(
    'figure',
    {},
    frame,
    colourBar(map.scale.kind, scaleTicks(map)),
    element('figcaption', { class: 'quiet' }, words),
    ...warnings,
  );
}
