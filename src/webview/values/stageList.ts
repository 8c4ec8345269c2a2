import { element } from '../draw/element';
import { formatPrecise } from '../draw/numberFormat';
import { dirtyCheck } from '../draw/redraw';
import { totalAt, type Progress, type Stage } from '../layers/stages/stage';

interface Row {
  readonly button: HTMLButtonElement;
  readonly total: HTMLElement;
}

/** The stages of an explanation one under the other, with what each comes to; a click goes to its first step. */
export class StageList {
  readonly element = element('ol', { class: 'stages', 'aria-label': 'Step by step' });
  private readonly changed = dirtyCheck();
  private rows: readonly Row[] = [];

  constructor(private readonly go: (stage: number) => void) {}

  update(stages: readonly Stage[], at: Progress): void {
    if (this.changed(stages)) this.fill(stages);
    for (const [stage, { button, total }] of this.rows.entries()) {
      const value = totalAt(stages, at, stage);
      total.textContent = value === undefined ? '…' : shown(value);
      button.classList.toggle('later', value === undefined);
      if (stage === at.stage) button.setAttribute('aria-current', 'step');
      else button.removeAttribute('aria-current');
    }
  }

  /** Reuses rows, so that the focused one keeps the focus. */
  private fill(stages: readonly Stage[]): void {
    const kept = this.rows.slice(0, stages.length);
    const added = stages.slice(kept.length).map((_, index) => this.row(kept.length + index));
    this.rows = [...kept, ...added];
    for (const [index, { button }] of this.rows.entries()) {
      const stage = stages[index];
      if (button.firstElementChild) button.firstElementChild.textContent = stage?.title ?? '';
      button.dataset['stage'] = stage?.id ?? '';
    }
    const items = this.rows.map(({ button }) => button.parentElement ?? element('li', {}, button));
    if (items.length !== this.element.childElementCount) this.element.replaceChildren(...items);
  }

  private row(index: number): Row {
    const total = element('span', { class: 'stage-total' });
    const button = element('button', { type: 'button' }, element('span'), total);
    button.addEventListener('click', () => this.go(index));
    return { button, total };
  }
}

function shown(value: number): string {
  return value === -Infinity ? '−∞' : formatPrecise(value);
}
