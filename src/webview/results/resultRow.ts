import type { RgbPicture } from '../../protocol/runMaps';
import type { StripItem, StripStatus } from '../../protocol/pictureStrip';
import { button, element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import { Thumbnail } from '../draw/thumbnail';
import { probabilityWords } from '../../protocol/pictureWords';

interface RowState {
  readonly item: StripItem;
  /** What its name begins with and need not be said. */
  readonly folder: string;
  /** Among the rows, from 0. */
  readonly index: number;
  /** Where the person is. */
  readonly current: boolean;
  /** Whether the keyboard cursor of the table is on it. */
  readonly active: boolean;
  /** Undefined while it is not there. */
  readonly thumbnail: RgbPicture | undefined;
}

const statusWords: Readonly<Record<StripStatus, string>> = {
  waiting: 'not yet',
  running: 'running…',
  done: 'done',
  failed: 'failed',
};

/** One picture of the table: itself, what it was taken for, how surely, and how far it is. */
export class ResultRow {
  readonly element: HTMLElement;
  private readonly thumbnail = new Thumbnail(element('span', { class: 'result-thumb' }));
  private readonly name = element('span', { class: 'result-name' });
  private readonly label = element('td', { class: 'result-label' });
  private readonly probability = element('td', { class: 'numeric' });
  private readonly status = element('td', { class: 'result-status' });
  private readonly itemChanged = dirtyCheck();

  /** `why` asks why the picture was taken for what it was. */
  constructor(
    id: number,
    private readonly why: () => void,
  ) {
    const picture = element('span', { class: 'result-picture' }, this.thumbnail.element, this.name);
    this.element = element(
      'tr',
      { id: rowId(id), 'data-id': id },
      element('th', { scope: 'row' }, picture),
      this.label,
      this.probability,
      this.status,
    );
  }

  update({ item, folder, index, current, active, thumbnail }: RowState): void {
    this.element.classList.toggle('result-active', active);
    this.element.classList.toggle('selected', current);
    this.element.setAttribute('aria-selected', String(current));
    // The heads are the first row.
    this.element.setAttribute('aria-rowindex', String(index + 2));
    this.thumbnail.update(item, thumbnail);
    if (this.itemChanged(item, folder)) this.drawWords(item, folder);
  }

  private drawWords({ name, status, result, why = '' }: StripItem, folder: string): void {
    this.element.dataset['status'] = status;
    this.name.textContent = name.slice(folder.length);
    this.name.title = name;
    const words = result?.label ?? why;
    this.label.title = words;
    this.label.classList.toggle('uncertain', result?.trained !== true);
    this.label.replaceChildren(
      ...(result && !result.trained
        ? [element('s', {}, words), element('span', { class: 'hidden-label' }, ', untrained')]
        : [words]),
    );
    this.probability.textContent = result ? probabilityWords(result.probability) : '';
    this.status.replaceChildren(statusWords[status], ...(result ? [this.whyLink(words)] : []));
  }

  /** The keyboard is the table's, which has a key for it. */
  private whyLink(label: string): HTMLElement {
    const link = button('Why?', this.why, { kind: 'link', tabindex: -1, title: 'w' });
    link.append(element('span', { class: 'hidden-label' }, ` ${label}`));
    // The row's own click shows the picture and no more.
    link.addEventListener('click', (event) => event.stopPropagation());
    return link;
  }
}

export function rowId(id: number): string {
  return `result-${id}`;
}
