import type { PictureStrip, StripItem } from '../../protocol/pictureStrip';
import { shortLabel } from '../../protocol/pictureWords';
import { button, element } from '../draw/element';
import { formatCount } from '../draw/numberFormat';
import { dirtyCheck } from '../draw/redraw';
import type { Actions } from '../state/actions';
import type { ResultsLook } from '../state/resultsLook';
import { counts, foundLabels, progressWords } from './resultRows';

interface ToolsState {
  readonly pictures: PictureStrip;
  readonly look: ResultsLook;
  /** Those in the table, in its order. */
  readonly rows: readonly StripItem[];
  /** Whether anything is under way. */
  readonly working: boolean;
}

const anyLabel = 'any';

/** Above the table of results: how far they are, which are shown, and ways on. */
export class ResultsTools {
  readonly element: HTMLElement;
  private readonly words = element('span', { class: 'results-done' });
  private readonly progress = element('progress', { max: 1, 'aria-label': 'Pictures done' });
  private readonly cancel: HTMLButtonElement;
  private readonly rest: HTMLButtonElement;
  private readonly follow: HTMLButtonElement;
  private readonly failed: HTMLButtonElement;
  private readonly save: HTMLButtonElement;
  private readonly text = element('input', {
    type: 'search',
    class: 'input results-filter',
    placeholder: 'Filter by name or label',
    'aria-label': 'Filter by name or label',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  private readonly label = element('select', {
    class: 'select results-labels',
    'aria-label': 'Label',
  });
  private readonly shown = element('span', { class: 'results-shown quiet', role: 'status' });
  private readonly labelsChanged = dirtyCheck();
  private state: ToolsState | undefined;

  constructor({ tell, look }: Pick<Actions, 'tell' | 'look'>) {
    const small = 'secondary small';
    this.cancel = button('Cancel', () => tell('cancelWork'), { kind: small });
    this.rest = button('Classify the rest', () => tell('classifyWaiting'), { kind: small });
    this.follow = button(
      'Follow',
      () => tell('followPictures', { follow: this.state?.pictures.following === false }),
      {
        kind: small,
        'aria-pressed': 'false',
        title: 'Show each picture as it is done; a step by hand stays where you are',
      },
    );
    this.failed = button(
      'Failed only',
      () => look({ results: { failedOnly: this.state?.look.failedOnly === false } }),
      { kind: small, 'aria-pressed': 'false' },
    );
    this.save = button(
      'Export CSV…',
      () => tell('exportResults', { ids: this.state?.rows.map(({ id }) => id) ?? [] }),
      { kind: small, title: 'The pictures that the table shows, in its order' },
    );
    this.text.addEventListener('input', () => look({ results: { text: this.text.value } }));
    this.label.addEventListener('change', () => {
      const { value } = this.label;
      look({ results: { label: value === anyLabel ? undefined : Number(value) } });
    });
    const toggles = element('span', { class: 'toggle' }, this.failed);
    const following = element('span', { class: 'toggle' }, this.follow);
    this.element = element(
      'div',
      { class: 'results-tools' },
      element(
        'div',
        { class: 'results-line' },
        this.progress,
        this.words,
        this.cancel,
        this.rest,
        following,
      ),
      element(
        'div',
        { class: 'results-line' },
        this.text,
        this.label,
        toggles,
        this.shown,
        this.save,
      ),
    );
  }

  update(state: ToolsState): void {
    const { pictures, look, rows, working } = state;
    const { items, following } = pictures;
    this.state = state;
    const words = progressWords(items);
    if (this.words.textContent !== words) this.words.textContent = words;
    this.progress.value = counts(items).ended / items.length;
    const isWaiting = items.some(({ status }) => status === 'waiting');
    const isRunning = items.some(({ status }) => status === 'running');
    // Between two pictures none runs: it stays.
    this.cancel.hidden = !working || !(isRunning || isWaiting);
    this.rest.hidden = working || !isWaiting;
    this.follow.hidden = !isRunning && !isWaiting;
    this.follow.setAttribute('aria-pressed', String(following));
    this.failed.setAttribute('aria-pressed', String(look.failedOnly));
    if (this.text.value !== look.text) this.text.value = look.text;
    this.drawLabels(items, look.label);
    const all = rows.length === items.length;
    const shown = all ? '' : `${formatCount(rows.length)} of ${formatCount(items.length)} shown`;
    if (this.shown.textContent !== shown) this.shown.textContent = shown;
  }

  private drawLabels(items: readonly StripItem[], chosen: number | undefined): void {
    const found = foundLabels(items);
    const names = found.map(({ label, count }) => {
      const shortest = shortLabel(label);
      return `${shortest} (${formatCount(count)})`;
    });
    if (this.labelsChanged(names.join('\n'), chosen)) {
      const options = found.map(({ index, label }, at) =>
        element('option', { value: index, title: label }, names[at] ?? label),
      );
      this.label.replaceChildren(element('option', { value: anyLabel }, 'Any label'), ...options);
    }
    this.label.value = String(chosen ?? anyLabel);
  }
}
