import { inputName } from '../../network/network';
import type { PanelComparison, RunView } from '../../protocol/panelProtocol';
import type { Actions } from '../state/actions';
import { button, element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import type { Model } from '../state/model';
import { comparedRows } from './comparedRows';
import { compareTable } from './compareTable';
import { runCard } from './runCard';
import { verdict } from './verdict';

const waitingWords =
  'This result is kept as A. The next one is compared with it: another picture, variant, set of weights or preprocessing.';

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
    this.element.append(head, this.scroller);
  }

  update({ state, view, shown }: Model): void {
    const { comparison, run } = state;
    this.element.hidden = view.view !== 'compare';
    if (this.element.hidden || !comparison) return;
    const late = comparison.status === 'ready' && comparison.runId !== run?.runId;
    this.element.setAttribute('aria-busy', String(late));
    // What is drawn is of one comparison: it stays until the next one is whole.
    if (!late && this.changed(comparison, view.heat)) {
      this.draw(comparison, run, { heat: view.heat, input: inputName(shown.document.network) });
    }
    for (const row of this.scroller.querySelectorAll<HTMLElement>('tbody tr')) {
      row.classList.toggle('selected', row.dataset['row'] === view.selected);
    }
  }

  focus(layer?: string): void {
    const row = layer === undefined ? '' : `tr[data-row="${CSS.escape(layer)}"] `;
    const target = this.scroller.querySelector<HTMLElement>(`${row}th button`);
    (target ?? this.scroller).focus();
  }

  private draw(
    comparison: PanelComparison,
    run: RunView | undefined,
    { heat, input }: { readonly heat: Model['view']['heat']; readonly input: string },
  ): void {
    const { reference } = comparison;
    this.words.textContent = wordsOf(comparison, input);
    const isReady = comparison.status === 'ready' && run !== undefined;
    const cards = isReady
      ? [runCard('A', reference), runCard('B', run)]
      : [runCard('A', reference)];
    this.cards.replaceChildren(...cards);
    this.scroller.replaceChildren(this.cards);
    // Another B is looked at where the one before it was.
    if (this.isOther(comparison.begun)) this.scroller.scrollTop = 0;
    if (!isReady) return;
    const rows = comparedRows(comparison.layers, { a: reference, b: run }, heat);
    this.scroller.append(compareTable(rows, { heat, select: this.actions.select }));
  }
}

function wordsOf(comparison: PanelComparison, input: string): string {
  switch (comparison.status) {
    case 'waiting':
      return waitingWords;
    case 'failed':
      return comparison.why;
    case 'ready':
      return verdict(comparison.layers, input);
  }
}
