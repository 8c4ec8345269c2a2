import { faithfulnessDefaults, type ExplanationMethod } from '../../protocol/explanation';
import { button, element } from '../draw/element';
import { meaningOf } from '../draw/glossary';
import { scrollFrame } from '../draw/moreEdges';
import { replaceRows, walkRows } from '../draw/rowWalk';
import { dirtyCheck } from '../draw/redraw';
import { SortHeads, type SortColumn } from '../draw/sortHeads';
import type { ExplainLook, MethodSort } from '../state/explainLook';
import type { Explaining } from '../state/explanationReads';
import { baselinePicture } from '../draw/baselineWords';
import { curvesOf } from './curves';
import { drawnMap } from './drawnMap';
import { reachFor, type Scales } from './knownAnswers';
import { methodsInOrder } from './methodSort';
import { methodOrder, unitOf } from './methodWords';
import { MethodRow } from './methodRow';
import { refusal, type Question } from './question';
import { kindOf } from './unitTarget';

export interface TableState {
  readonly question: Question;
  readonly look: ExplainLook;
  readonly states: ReadonlyMap<ExplanationMethod, Explaining>;
  readonly scales: Scales;
  /** Rows are being worked out one after the other. */
  readonly isComparing: boolean;
}

interface TableHandlers {
  readonly choose: (method: ExplanationMethod) => void;
  readonly compare: () => void;
  readonly stop: () => void;
  readonly sort: (by: MethodSort) => void;
}

const sorted: readonly SortColumn<MethodSort>[] = [
  { title: 'Method', sort: 'method' },
  { title: 'Deletion', sort: 'deletion', numeric: true, says: meaningOf('Deletion') },
  { title: 'Insertion', sort: 'insertion', numeric: true, says: meaningOf('Insertion') },
  { title: 'Time', sort: 'time', numeric: true },
];

/** All methods side by side, each with whether its map is to be believed. */
export class MethodTable {
  readonly element: HTMLElement;
  private readonly rows: ReadonlyMap<ExplanationMethod, MethodRow>;
  private readonly heads: SortHeads<MethodSort>;
  private readonly body: HTMLElement;
  private readonly orderChanged = dirtyCheck();
  private readonly baseline = element('p', { class: 'quiet' });
  private readonly start: HTMLButtonElement;
  private readonly stop: HTMLButtonElement;
  private readonly done = element('span', { class: 'quiet', role: 'status' });
  private readonly baselineChanged = dirtyCheck();

  constructor({ choose, compare, stop, sort }: TableHandlers) {
    this.rows = new Map(
      methodOrder.map((method) => [method, new MethodRow(method, () => choose(method))]),
    );
    this.body = element('tbody', {}, ...[...this.rows.values()].map((row) => row.element));
    this.start = button('Compare methods', compare, { kind: 'secondary small' });
    this.stop = button('Stop', stop, { kind: 'secondary small', title: 'What is done stays' });
    this.heads = new SortHeads(sorted, sort);
    const [method, deletion, insertion, time] = this.heads.elements;
    const plain = (title: string, numeric = false): HTMLElement =>
      element('th', { scope: 'col', class: numeric && 'numeric' }, title);
    const head = [method, plain('Map'), plain('Strongest', true), deletion, insertion];
    const rest = [plain('Curves'), time, plain('What it can and cannot say')];
    const table = element(
      'table',
      { 'aria-label': 'Methods' },
      element('thead', {}, element('tr', {}, ...[...head, ...rest].flatMap((each) => each ?? []))),
      this.body,
    );
    walkRows(table);
    const scroller = element(
      'div',
      { class: 'explain-table', role: 'region', 'aria-label': 'Methods side by side', tabindex: 0 },
      table,
    );
    this.element = element(
      'section',
      { class: 'explain-methods' },
      element(
        'div',
        { class: 'explain-methods-head' },
        element('h2', {}, 'Methods side by side'),
        this.start,
        this.stop,
        this.done,
      ),
      this.baseline,
      scrollFrame(scroller),
    );
  }

  update({ question, look, states, scales, isComparing }: TableState): void {
    const { run, network, method: large } = question;
    const compared = [...states.values()].filter(isCompared).length;
    const kind = kindOf(question.unit);
    const refused = (method: ExplanationMethod): string | undefined => refusal(method, question);
    const able = methodOrder.filter((method) => refused(method) === undefined).length;
    this.start.hidden = isComparing || compared === able;
    // One may have been measured by itself.
    this.start.textContent = compared < 2 ? 'Compare methods' : 'Go on';
    this.stop.hidden = !isComparing;
    this.done.textContent = compared === 0 ? '' : `${compared} of ${able} done`;
    if (this.baselineChanged(run.preprocess, kind)) this.sayBaseline(question);
    this.heads.update(look);
    const order = methodsInOrder(states, look);
    if (this.orderChanged(order.join(' ')))
      replaceRows(
        this.body,
        order.flatMap((method) => this.rows.get(method)?.element ?? []),
      );
    const best = bestOf(states);
    for (const [method, row] of this.rows) {
      const state = states.get(method);
      const explanation = state?.status === 'ready' ? state.value : undefined;
      row.update({
        state,
        seen: run.seen,
        map: explanation && drawnMap(explanation, network, look.grain),
        reach: reachFor(scales, method, 'all'),
        threshold: look.threshold,
        isLarge: method === large,
        kind,
        refused: refused(method),
        best: best(method),
      });
    }
  }

  private sayBaseline({ run, unit }: Question): void {
    const whole = unitOf('gradCam', kindOf(unit));
    const { grid, baseline } = faithfulnessDefaults;
    this.baseline.replaceChildren(
      `Maps in ${whole} are on one scale here; others have no scale in common. Deletion takes ${grid} × ${grid} squares out of the picture, the most important first by the map, and puts the baseline in their place: `,
      baselinePicture(baseline, run.preprocess),
      '. The smaller the area under what is left, the better. Insertion puts them back on the baseline: the larger, the better.',
    );
  }
}

/** Its faithfulness is known, or why it is not. */
function isCompared(state: Explaining): boolean {
  return state.status === 'failed' || (state.status === 'ready' && 'faithfulness' in state.value);
}

/** Which of a method's areas no other one beats. */
function bestOf(
  states: TableState['states'],
): (method: ExplanationMethod) => ReadonlySet<'deletion' | 'insertion'> {
  const areas = [...states].flatMap(([method, state]) => {
    const faithfulness = state.status === 'ready' ? state.value.faithfulness : undefined;
    return faithfulness ? [{ method, ...curvesOf(faithfulness).areas }] : [];
  });
  const least = Math.min(...areas.map(({ deletion }) => deletion));
  const most = Math.max(...areas.map(({ insertion }) => insertion));
  return (method) => {
    const own = areas.length > 1 ? areas.find((each) => each.method === method) : undefined;
    return new Set([
      ...(own?.deletion === least ? (['deletion'] as const) : []),
      ...(own?.insertion === most ? (['insertion'] as const) : []),
    ]);
  };
}
