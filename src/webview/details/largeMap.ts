import type { LayerSummary } from '../../network/summary';
import { element } from '../draw/element';
import { heatImage } from '../draw/pixelImage';
import type { HeatMap } from '../draw/heatMap';
import { mapWarnings, mapWords, scaleTicks } from '../draw/mapWords';
import type { PointAt } from '../probe/probe';
import type { ProbeMarks } from '../probe/probeMarks';
import { ProbeSurface } from '../probe/probeSurface';
import { colourBar } from '../draw/colourBar';

/** A layer's map as large as the pane, with the numbers of its scale; a cell shows what it sees. */
export class LargeMap {
  readonly element: HTMLElement;
  private readonly surface: ProbeSurface;
  private readonly layer: string;

  constructor(map: HeatMap, { name, outputShape }: LayerSummary, pointAt: PointAt) {
    this.layer = name;
    const words = mapWords(map, outputShape.at(-1) ?? 0);
    const image = element('img', {
      class: 'large-map',
      src: heatImage(map),
      alt: `Heatmap of ${name}: ${words}`,
    });
    this.surface = new ProbeSurface(image, {
      name: `Map of ${name}: arrows walk its cells and show what they see`,
      grid: map,
      step: 1,
      point: (cell, options) => pointAt(cell && { kind: 'cell', layer: name, ...cell }, options),
    });
    const frame = element('div', { class: 'map-frame' }, this.surface.element);
    const warnings = mapWarnings(map).map((warning) => element('p', { class: 'note' }, warning));
    this.element = element(
      'figure',
      {},
      frame,
      colourBar(map.scale.kind, scaleTicks(map)),
      element('figcaption', { class: 'quiet' }, words),
      ...warnings,
    );
  }

  probe(marks: ProbeMarks | undefined): void {
    this.surface.mark(marks?.maps.get(this.layer) ?? []);
  }
}
