import { inputName } from '../../network/network';
import type { PanelComparison, RunView } from '../../protocol/panelProtocol';
import type { Actions } from '../state/actions';
import { button, element } from '../draw/element';
import { scrollFrame } from '../draw/moreEdges';
import { rowButton, walkRows } from '../draw/rowWalk';
import { dirtyCheck } from '../draw/redraw';
import { camTarget, camTargetWords } from '../state/layerCams';
import { classNames } from '../state/classNames';
import type { HeatMode } from '../draw/heatMap';
import type { Model } from '../state/model';
import { camVerdict, comparedCams, type CamSides } from './comparedCams';
import { comparedCamRows, comparedRows } from './comparedRows';
import { compareTable } from './compareTable';
import { runCard } from './runCard';
import { verdict, type Compared } from './verdict';

const waitingWords =
  'This result is kept as A. The next one is compared with it: another picture, network, set of weights or preprocessing.';

interface Shows {
  readonly heat: HeatMode;
  /** Where Grad-CAM is compared. */
  readonly cams: CamSides | undefined;
  readonly input: string;
}

/** Two runs side by side: what they are, where they part, and every layer of both. */
export class CompareView {
  readonly element = element('div', { class: 'compare-pane', hidden: true });
  private readonly cards = element('div', { class: 'run-cards' });
  private readonly words = element('p', { class: 'verdict', role: 'status' });
  private readonly scroller = element('div', {
    class: 'compare-scroll',
    role: 'region',
    'aria-label': 'Layers of both, side by side',
    tabindex: 0,
  });
  private readonly changed = dirtyCheck();
  private readonly isOther = dirtyCheck();

  constructor(private readonly actions: Actions) {
    const tools = element(
      'div',
      { class: 'compare-tools' },
      button('Compare with…', () => actions.tell('compare'), { kind: 'secondary small' }),
      button('End comparison', () => actions.tell('endComparison'), { kind: 'secondary small' }),
    );
    const head = element('div', { class: 'compare-head' }, this.words, tools);
    this.scroller.append(this.cards);
    walkRows(this.scroller);
    this.element.append(head, scrollFrame(this.scroller));
  }

  update(model: Model): void {
    const { state, view, shown, isRenewed, original: run } = model;
    const { comparison, reference } = state;
    this.element.hidden = view.view !== 'compare';
    if (this.element.hidden || !comparison || !reference) return;
    const late = comparison.status === 'ready' && comparison.runId !== run?.runId;
    this.element.setAttribute('aria-busy', String(late || isRenewed));
    // What is drawn is of one comparison: it stays until the next one is whole.
    const cams = late ? undefined : camSides(model, comparison);
    if (!late && this.changed(comparison, reference, view.heat, cams?.a, cams?.b, cams?.target)) {
      const input = inputName(shown.document.network);
      this.draw(comparison, { a: reference, b: run }, { heat: view.heat, cams, input });
    }
    for (const row of this.scroller.querySelectorAll<HTMLElement>('tbody tr')) {
      row.classList.toggle('selected', row.dataset['row'] === view.selected);
    }
  }

  focus(layer?: string): void {
    (rowButton(this.scroller, layer) ?? this.scroller).focus();
  }

  private draw(
    comparison: PanelComparison,
    { a, b }: { readonly a: RunView; readonly b: RunView | undefined },
    { heat, cams, input }: Shows,
  ): void {
    const isSamePicture = b !== undefined && sameFile(a, b);
    this.words.textContent = wordsOf(comparison, { input, isSamePicture, cams });
    const isReady = comparison.status === 'ready' && b !== undefined;
    const cards = isReady ? [runCard('A', a), runCard('B', b)] : [runCard('A', a)];
    this.cards.replaceChildren(...cards);
    this.scroller.replaceChildren(this.cards);
    // Another B is looked at where the one before it was.
    if (this.isOther(comparison.begun)) this.scroller.scrollTop = 0;
    if (!isReady) return;
    const { layers } = comparison;
    const rows =
      cams && heat === 'gradCam'
        ? comparedCamRows(layers, cams)
        : comparedRows(layers, { a, b }, heat === 'gradCam' ? 'mean' : heat);
    this.scroller.append(compareTable(rows, { heat, select: this.actions.select }));
  }
}

/** As far as names and sizes tell. */
function sameFile(a: RunView, b: RunView): boolean {
  return a.name === b.name && a.width === b.width && a.height === b.height;
}

/** What spoke for A's class, in both runs; of the class that *Explain* asks about where there is one. */
function camSides({ state, view, data, shown, original: run }: Model, comparison: PanelComparison) {
  const { reference } = state;
  if (view.heat !== 'gradCam' || comparison.status !== 'ready' || !reference || !run) return;
  const target = camTarget(reference, view.explain);
  const name = classNames({ data, shown }, reference);
  const [a, b] = [reference, run].map(({ runId }) => data.layerCams(runId, target));
  return a && b && { a, b, target: camTargetWords(target, name) };
}

function wordsOf(
  comparison: PanelComparison,
  { cams, ...compared }: Compared & Pick<Shows, 'cams'>,
): string {
  switch (comparison.status) {
    case 'waiting':
      return waitingWords;
    case 'failed':
      return comparison.why;
    case 'ready':
      return cams
        ? camVerdict(comparedCams(comparison.layers, cams), cams)
        : verdict(comparison.layers, compared);
  }
}
