import { element, svg } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import { withTerm } from '../draw/term';
import { amounts } from '../graph/colouring';
import { scaleOf } from '../graph/drawNode';
import type { HeatMode } from '../draw/heatMap';
import type { Model } from '../state/model';
import { amountBar, heatBars, kindSwatches } from './scales';

const answers: Readonly<Record<Exclude<HeatMode, 'gradCam'>, string>> = {
  mean: 'the mean of its channels',
  strongest: 'the channel with the most energy',
};

function faceWords(heat: HeatMode): readonly HTMLElement[] {
  if (heat === 'gradCam')
    return [
      element(
        'p',
        {},
        'Grad-CAM: red spoke for the class, blue against it. Each layer has a scale of its own.',
      ),
    ];
  const what = answers[heat];
  return [
    element('p', {}, ...withTerm(`What the layer answered: ${what}.`, 'energy')),
    element('p', {}, ...withTerm('A crossed face is dead.', 'dead')),
  ];
}

/** The legend in full, folded out over the graph's corner. */
export class LegendCorner {
  readonly element = element('section', {
    id: 'legend',
    class: 'legend-corner',
    'aria-label': 'Legend',
    hidden: true,
  });
  private readonly changed = dirtyCheck();

  update(model: Model, open: boolean): void {
    this.element.hidden = !open;
    const { view, run, shown, cams } = model;
    if (!open || !this.changed(run, view.heat, view.colouring, shown, cams)) return;
    const byKind = view.colouring === 'kind';
    const bars = byKind ? heatBars(model) : [];
    const scale = scaleOf(model);
    const parts = [
      part('Colour', byKind ? kindSwatches(model) : amountBar(scale)),
      ...(bars.length > 0 ? [part('Face', ...bars, ...faceWords(view.heat))] : []),
      part('Size', sizePicture(), 'Height: rows and columns of the output. Depth: its channels.'),
      part('Bar', barPicture(), `The layer’s share of ${amounts[scale.amount].whole}.`),
    ];
    this.element.replaceChildren(element('dl', {}, ...parts));
  }
}

function part(name: string, ...content: readonly (Node | string)[]): HTMLElement {
  return element(
    'div',
    { class: 'legend-part' },
    element('dt', {}, name),
    element('dd', { class: 'legend-meaning' }, ...content),
  );
}

const sheetStep = 2.5;

/** A high block of few channels beside a low one of many, drawn as the graph draws them. */
function sizePicture(): SVGSVGElement {
  const block = (x: number, side: number, sheets: number): readonly SVGElement[] =>
    Array.from({ length: sheets }, (_, index) => {
      const back = (sheets - 1 - index) * sheetStep;
      const place = { x: x + back, y: 32 - side - back / 2, width: side, height: side };
      return svg('rect', { class: 'sheet', ...place });
    });
  const blocks = svg(
    'g',
    { 'data-family': 'convolution' },
    ...block(1, 24, 2),
    ...block(40, 10, 8),
  );
  return svg('svg', { class: 'size-picture', 'aria-hidden': 'true', viewBox: '0 0 72 34' }, blocks);
}

function barPicture(): HTMLElement {
  const bar = element('div', { class: 'part-bar' });
  bar.style.width = '40%';
  const track = element('div', { class: 'track-bar' }, bar);
  return element('div', { class: 'bar-picture', 'aria-hidden': 'true' }, track);
}
