import type { LayerSummary } from '../../network/summary';
import type { Actions } from '../state/actions';
import { element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import { factList } from '../draw/factList';
import { reasonNotes } from '../layers/layerFacts';
import type { ProbeMarks } from '../probe/probeMarks';
import { factsOf, mapOf, type Model } from '../state/model';
import type { Tab } from '../state/tab';
import { heatImage } from '../draw/pixels';
import type { HeatMap } from '../draw/heatMap';
import { mapWarnings, mapWords, scaleTicks } from '../draw/mapWords';
import type { PointAt } from '../probe/probe';
import { ProbeSurface } from '../probe/probeSurface';
import { colourBar } from '../draw/colourBar';

/** What a layer is: its map, its facts, the paper's reason, where the network departs from it. */
export class OverviewTab implements Tab {
  readonly id = 'overview';
  readonly label = 'Overview';
  readonly element = element('div', { class: 'details-body' });
  private readonly changed = dirtyCheck();
  private map: LargeMap | undefined;

  constructor(private readonly actions: Pick<Actions, 'probe'>) {}

  shows(): boolean {
    return true;
  }

  update(model: Model, summary: LayerSummary): void {
    if (!this.changed(model.shown, summary.name, model.run, model.cams, model.view.heat)) return;
    const map = mapOf(model, summary.name);
    this.map = map && new LargeMap(map, summary, this.actions.probe);
    this.element.replaceChildren(
      ...(this.map ? [this.map.element] : []),
      factList(factsOf(model, summary)),
      ...reasonNotes(model.shown.document.reasons[summary.name]),
    );
  }

  probe(marks: ProbeMarks | undefined): void {
    this.map?.probe(marks);
  }
}

/** A layer's map as large as the pane, with the numbers of its scale; a cell shows what it sees. */
class LargeMap {
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
