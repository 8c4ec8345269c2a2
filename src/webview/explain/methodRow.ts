import type { RgbPicture } from '../../protocol/runMaps';
import type { Explanation, ExplanationMethod } from '../../protocol/explanation';
import { strongestCell, valueAt } from '../draw/channelStats';
import { button, element } from '../draw/element';
import { formatMilliseconds, formatValue, signed } from '../draw/numberFormat';
import { dirtyCheck } from '../draw/redraw';
import { sentence } from '../draw/resource';
import type { Explaining } from '../state/explanationReads';
import { curvesOf, smallCurves } from './curves';
import type { DrawnMap } from './drawnMap';
import { methodWords, saysOf } from './methodWords';
import { SmallMap } from './smallMap';
import type { TargetKind } from './unitTarget';

interface RowState {
  /** What is known of it; undefined before it was asked for. */
  readonly state: Explaining | undefined;
  readonly seen: RgbPicture;
  readonly map: DrawnMap | undefined;
  readonly reach: number;
  readonly threshold: number;
  readonly isLarge: boolean;
  readonly kind: TargetKind;
  /** Why it cannot answer, in a sentence. */
  readonly refused: string | undefined;
  /** Which of its areas are the best of all rows. */
  readonly best: ReadonlySet<'deletion' | 'insertion'>;
}

/** One method of the table: its map, small and on the scale of all, whether it is to be believed, its time, its worth. */
export class MethodRow {
  readonly element: HTMLTableRowElement;
  private readonly name: HTMLButtonElement;
  private readonly map = new SmallMap();
  private readonly strongest = element('td', { class: 'numeric' });
  private readonly deletion = element('td', { class: 'numeric' });
  private readonly insertion = element('td', { class: 'numeric' });
  private readonly curves = element('td');
  private readonly time = element('td', { class: 'numeric' });
  private readonly says = element('td', { class: 'explain-says' });
  private readonly stateChanged = dirtyCheck();

  constructor(
    readonly method: ExplanationMethod,
    choose: () => void,
  ) {
    this.name = button(methodWords[method].title, choose, {
      kind: 'link',
      title: 'Show its map large',
    });
    this.element = element(
      'tr',
      { 'data-row': method },
      element('th', { scope: 'row' }, this.name),
      element('td', {}, this.map.element),
      this.strongest,
      this.deletion,
      this.insertion,
      this.curves,
      this.time,
      this.says,
    );
  }

  update(row: RowState): void {
    const { state, isLarge, best, kind, refused } = row;
    this.name.disabled = refused !== undefined;
    this.element.classList.toggle('selected', isLarge);
    this.element.setAttribute('aria-current', String(isLarge));
    this.map.update(row);
    const marks = [...best].join(' ');
    if (!this.stateChanged(state?.status, row.map, marks, kind, refused)) return;
    const says = refused ?? saysOf(this.method, kind);
    const explanation = state?.status === 'ready' ? state.value : undefined;
    this.drawFaithfulness(explanation, best);
    this.strongest.textContent = row.map ? strongestWords(row.map, this.method, kind) : '';
    this.time.textContent = explanation ? formatMilliseconds(explanation.milliseconds) : '';
    this.says.classList.toggle('explain-refused', state?.status === 'failed');
    this.says.textContent = rowWords(state, says);
  }

  private drawFaithfulness(explanation: Explanation | undefined, best: RowState['best']): void {
    const faithfulness = explanation?.faithfulness;
    if (!faithfulness) {
      for (const cell of [this.deletion, this.insertion, this.curves]) cell.replaceChildren();
      return;
    }
    const curves = curvesOf(faithfulness);
    const { deletion, insertion } = curves.areas;
    this.deletion.replaceChildren(...area(deletion, best.has('deletion')));
    this.insertion.replaceChildren(...area(insertion, best.has('insertion')));
    this.curves.replaceChildren(smallCurves(curves));
  }
}

/** An area; the best of all is bold, and is called so. */
function area(value: number, isBest: boolean): readonly (Node | string)[] {
  const words = formatValue(value);
  if (!isBest) return [words];
  return [element('strong', {}, words), element('span', { class: 'hidden-label' }, ', the best')];
}

/** `+0.12 logits`; other units are left to what is shown large. */
function strongestWords({ maps }: DrawnMap, method: ExplanationMethod, kind: TargetKind): string {
  const { row, column } = strongestCell(maps, 0);
  const isLogits = kind === 'class' && methodWords[method].unit === 'logits';
  const unit = isLogits ? ' logits' : '';
  return `${signed(valueAt(maps, 0, row, column))}${unit}`;
}

function rowWords(state: Explaining | undefined, says: string): string {
  if (state?.status === 'loading') return 'Working it out…';
  if (state?.status === 'stopped') return 'Stopped.';
  return state?.status === 'failed' ? sentence(state.why) : says;
}
