import { button, element } from '../draw/element';
import { icon } from '../draw/icon';
import { dirtyCheck } from '../draw/redraw';
import { sentence } from '../draw/resource';
import { scaleOf } from '../graph/drawNode';
import type { Actions } from '../state/actions';
import { classNames } from '../state/classNames';
import { camTarget, camTargetWords } from '../state/layerCams';
import type { Model } from '../state/model';
import type { ViewId } from '../state/viewState';
import { ColouringSelect } from './colouringSelect';
import { LegendCorner } from './legendCorner';
import { amountBar, heatBars, kindSwatches } from './scales';

type Hints = readonly (readonly [key: string, does: string])[];

const rows = ['↑↓', 'walk'] as const;
const away = ['t', 'graph'] as const;

/** The keys that a person wants first, by what is shown. */
const hints: Readonly<Record<ViewId, Hints>> = {
  graph: [
    ['←↑→↓', 'walk'],
    ['Enter', 'details'],
    ['g', 'fold'],
    ['/', 'search'],
    ['f', 'fit'],
    ['t', 'table'],
  ],
  table: [rows, ['Enter', 'details'], ['/', 'search'], away],
  compare: [rows, ['Enter', 'details'], ['c', 'graph']],
  results: [rows, ['Enter', 'show'], ['w', 'why'], ['r', 'graph']],
  evaluate: [['e', 'graph']],
  train: [['l', 'graph']],
  explain: [
    ['←↑→↓', 'cells'],
    ['w', 'graph'],
  ],
};

/** Under the graph: what its colours mean and what they are chosen by, and the keys. */
export class Legend {
  readonly element: HTMLElement;
  readonly corner = new LegendCorner();
  private readonly tools: HTMLElement;
  private readonly toggle: HTMLButtonElement;
  private readonly colouring: ColouringSelect;
  private readonly scales = element('div', { class: 'legend-scales' });
  private readonly keys = element('div', { class: 'keys' });
  private readonly changed = dirtyCheck();
  private readonly viewChanged = dirtyCheck();
  private open = false;

  constructor(private readonly actions: Pick<Actions, 'look' | 'showKeys' | 'askAgain'>) {
    this.toggle = button('Legend', () => actions.look({ legend: !this.open }), {
      kind: 'secondary small',
      'aria-expanded': 'false',
      'aria-controls': this.corner.element.id,
    });
    this.toggle.prepend(icon('legend'));
    for (const part of [this.toggle, this.corner.element]) {
      part.addEventListener('keydown', (event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || !this.open) return;
        event.preventDefault();
        actions.look({ legend: false });
        this.toggle.focus();
      });
    }
    this.colouring = new ColouringSelect((colouring) => actions.look({ colouring }));
    this.tools = element('div', { class: 'legend-tools' }, this.toggle, this.colouring.element);
    const all = button('?', actions.showKeys, {
      kind: 'secondary small all-keys',
      'aria-label': 'All keys',
      title: 'All keys (?)',
    });
    this.element = element('div', { class: 'legend' }, this.tools, this.scales, this.keys, all);
  }

  update(model: Model): void {
    const { view } = model;
    this.open = view.legend && view.view === 'graph';
    this.toggle.setAttribute('aria-expanded', String(this.open));
    this.tools.hidden = view.view !== 'graph';
    this.scales.hidden = view.view !== 'graph' && view.view !== 'compare';
    if (this.viewChanged(view.view)) this.keys.replaceChildren(...hints[view.view].map(hint));
    this.colouring.update(model);
    this.corner.update(model, this.open);
    if (this.changed(model.run, view.heat, view.colouring, model.shown, model.cams, view.view)) {
      this.scales.replaceChildren(...meaning(model, this.actions));
    }
  }
}

/** What the faces show; where no picture has run, what their colours say. */
function meaning(model: Model, actions: Pick<Actions, 'askAgain'>): readonly HTMLElement[] {
  if (model.view.colouring !== 'kind') return [amountBar(scaleOf(model))];
  const bars = [...heatBars(model), ...camNote(model, actions)];
  return bars.length > 0 ? bars : [kindSwatches(model)];
}

/** For which class Grad-CAM is, or why there is none. */
function camNote(model: Model, { askAgain }: Pick<Actions, 'askAgain'>): readonly HTMLElement[] {
  const { cams, original, view } = model;
  // A comparison says it above its table.
  if (!cams || !original || view.view === 'compare') return [];
  const target = camTargetWords(camTarget(original, view.explain), classNames(model, original));
  const note = (words: string): HTMLElement =>
    element('span', { class: 'cam-note', title: words }, words);
  switch (cams.status) {
    case 'loading':
      return [note(`Working out Grad-CAM for ${target}…`)];
    case 'ready':
      return [note(`for ${target}`)];
    case 'failed':
      return [
        note(sentence(`no Grad-CAM: ${cams.why}`)),
        button('Try again', askAgain, { kind: 'secondary small' }),
      ];
  }
}

function hint([key, does]: Hints[number]): HTMLElement {
  return element('span', {}, element('kbd', {}, key), ` ${does}`);
}
