import { element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import { mapOf, type Model } from '../state/model';
import { colourBar } from '../draw/colourBar';

const keys = [
  ['←↑→↓', 'walk'],
  ['Enter', 'details'],
  ['g', 'fold'],
  ['/', 'search'],
  ['f', 'fit'],
  ['t', 'table'],
] as const;

/** Under the graph: what colours and sizes mean, and the keys. */
export class Legend {
  readonly element: HTMLElement;
  private readonly scales = element('div', { class: 'legend-scales' });
  private readonly changed = dirtyCheck();

  constructor() {
    const hints = keys.map(([key, what]) =>
      element('span', {}, element('kbd', {}, key), ` ${what}`),
    );
    const keysLine = element('div', { class: 'keys' }, ...hints);
    this.element = element('div', { class: 'legend' }, this.scales, keysLine);
  }

  update(model: Model): void {
    if (this.changed(model.run, model.view.heat, model.shown)) {
      this.scales.replaceChildren(...meaning(model));
    }
  }
}

function meaning(model: Model): readonly (Node | string)[] {
  const maps = model.shown.summary.layers.flatMap(({ name }) => mapOf(model, name) ?? []);
  const bars: HTMLElement[] = [];
  if (maps.some(({ scale }) => scale.kind === 'sequential')) {
    bars.push(colourBar('sequential', ['0', 'max of each layer']));
  }
  if (maps.some(({ scale }) => scale.kind === 'diverging')) {
    bars.push(colourBar('diverging', ['−max', '0', 'max']));
  }
  if (bars.length > 0) return bars;
  return [element('span', {}, 'Face: height × width. Depth: channels. Both compressed.')];
}
