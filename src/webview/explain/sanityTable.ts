import { explanationPlaces, type ExplanationMap } from '../../protocol/explanation';
import type { SanityCheck, SanityRow, SanityStep } from '../../protocol/sanityCheck';
import { element } from '../draw/element';
import { scrollFrame } from '../draw/moreEdges';
import { dirtyCheck } from '../draw/redraw';
import { sentence } from '../draw/resource';
import { drawnSmall } from './drawnMap';
import { reachOf } from './mapScale';
import { methodWords } from './methodWords';
import type { Question } from './question';
import { correlationWords, sanityVerdict, stageTitles, stays } from './sanityWords';
import { SmallMap } from './smallMap';

/** Squares have the strongest of their pixels: fewer of them go beyond the scale where they would be all that is seen. */
const pixelShare = 0.97;

type Answered = Extract<SanityRow, { readonly steps: unknown }>;
type Shown = Pick<Question, 'run' | 'network'>;

/** A row for each method, a column for each layer that became random: small maps, and how much of the first is left. */
export class SanityTable {
  readonly element: HTMLElement;
  private readonly head = element('tr');
  private readonly body = element('tbody');
  private readonly changed = dirtyCheck();

  constructor() {
    const table = element(
      'table',
      { 'aria-label': 'Maps while layers become random' },
      element('thead', {}, this.head),
      this.body,
    );
    const scroller = element(
      'div',
      {
        class: 'explain-table explain-sanity-table',
        role: 'region',
        'aria-label': 'Methods and layers that are random',
        tabindex: 0,
      },
      table,
    );
    this.element = scrollFrame(scroller);
  }

  update(check: SanityCheck | undefined, shown: Shown): void {
    this.element.hidden = check === undefined;
    if (!check || !this.changed(check, shown.run, shown.network, devicePixelRatio)) return;
    const titles = ['Method', 'What came out', 'as it is', ...stageTitles(check, shown.network)];
    this.head.replaceChildren(...titles.map((title) => element('th', { scope: 'col' }, title)));
    this.body.replaceChildren(...check.rows.map((row) => rowOf(row, check, shown)));
  }
}

function rowOf(row: SanityRow, check: SanityCheck, shown: Shown): HTMLElement {
  const head = element('th', { scope: 'row' }, methodWords[row.method].title);
  const columns = check.stages.length + 1;
  if ('why' in row) {
    const why = element('td', { class: 'explain-sanity-verdict quiet' }, sentence(row.why));
    return element('tr', {}, head, why, element('td', { colspan: columns }));
  }
  const verdict = sanityVerdict(row, check, shown.network) ?? 'Nothing is random yet.';
  const missing = columns - 1 - row.steps.length;
  return element(
    'tr',
    {},
    head,
    element('td', { class: 'explain-sanity-verdict' }, verdict),
    element('td', {}, mapOf(row, row.map, shown)),
    ...row.steps.map((step) => stepOf(row, step, shown)),
    ...Array.from({ length: missing }, () => element('td')),
  );
}

function stepOf(row: Answered, step: SanityStep, shown: Shown): HTMLElement {
  const { values, magnitudes } = step;
  return element(
    'td',
    { class: stays(step) && 'explain-sanity-stays' },
    mapOf(row, step.map, shown),
    element(
      'span',
      { class: 'explain-sanity-left' },
      correlationWords(values),
      element(
        'span',
        { class: 'quiet' },
        ` (${correlationWords(magnitudes)})`,
        element('span', { class: 'hidden-label' }, ' of magnitudes'),
      ),
    ),
  );
}

/** On its own scale: a random network's numbers are of another size. */
function mapOf({ recipe }: Answered, map: ExplanationMap, { run, network }: Shown): HTMLElement {
  const isOfPixels = explanationPlaces[recipe.method] === 'pixels';
  const small = new SmallMap();
  small.update({
    seen: run.seen,
    map: drawnSmall(map, recipe, network),
    reach: reachOf(map.data, { isOfPixels, share: isOfPixels ? pixelShare : 1 }),
    threshold: 0,
  });
  return small.element;
}
