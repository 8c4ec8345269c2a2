import { lossWords, shareWords } from '../../protocol/trainingWords';
import type { EpochResult } from '../../protocol/training';
import { element } from '../draw/element';
import { formatCount } from '../draw/numberFormat';
import { dirtyCheck } from '../draw/redraw';

const heads = ['Epoch', 'Loss', 'Accuracy', 'Held-out loss', 'Held-out accuracy'] as const;

/** What came of each epoch, as a table behind a disclosure: the charts' numbers for who does not see them. */
export class EpochTable {
  readonly element: HTMLElement;
  private readonly body = element('tbody');
  private readonly changed = dirtyCheck();

  constructor() {
    const cells = heads.map((title) => element('th', { scope: 'col', class: 'numeric' }, title));
    const table = element(
      'table',
      { 'aria-label': 'Epochs' },
      element('thead', {}, element('tr', {}, ...cells)),
      this.body,
    );
    this.element = element(
      'details',
      { class: 'train-epochs' },
      element('summary', {}, 'Every epoch in numbers'),
      element('div', { class: 'train-sideways' }, table),
    );
  }

  update(history: readonly EpochResult[]): void {
    if (!this.changed(history)) return;
    const rows = history.map((result, epoch) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row', class: 'numeric' }, formatCount(epoch + 1)),
        ...epochCells(result).map((words) => element('td', { class: 'numeric' }, words)),
      ),
    );
    const none = element(
      'tr',
      {},
      element('td', { colspan: heads.length }, 'No epoch is over yet.'),
    );
    this.body.replaceChildren(...(rows.length > 0 ? rows : [none]));
  }
}

function epochCells({ loss, accuracy, heldOut }: EpochResult): readonly string[] {
  const held = heldOut ? [lossWords(heldOut.loss), shareWords(heldOut.accuracy)] : ['–', '–'];
  return [lossWords(loss), shareWords(accuracy), ...held];
}
