import { shortLabel } from '../../protocol/pictureWords';
import type { TrainingData } from '../../protocol/training';
import { element } from '../draw/element';
import { formatCount } from '../draw/numberFormat';
import { dirtyCheck } from '../draw/redraw';

/** More classes are behind a disclosure. */
const shownClasses = 12;

/** The folder's classes with how many pictures each has, and what could not be read. */
export class DataPart {
  readonly element = element('div', { class: 'train-data' });
  private readonly changed = dirtyCheck();

  update(data: TrainingData): void {
    if (!this.changed(data)) return;
    const { classes, broken, ownHeldOut } = data;
    const rows = classes.map(({ label, pictures }) =>
      element(
        'li',
        {},
        element('span', { class: 'train-label', title: label }, shortLabel(label)),
        element('span', { class: 'numeric quiet' }, formatCount(pictures)),
      ),
    );
    const list = (items: readonly HTMLElement[]): HTMLElement =>
      element('ul', { class: 'train-classes' }, ...items);
    const [few, rest] = [rows.slice(0, shownClasses), rows.slice(shownClasses)];
    const own = ownHeldOut === undefined ? [] : [ownWords(ownHeldOut)];
    this.element.replaceChildren(
      list(few),
      ...(rest.length > 0
        ? [disclosure(`${formatCount(rest.length)} more classes`, list(rest))]
        : []),
      ...own,
      ...(broken.length > 0 ? [brokenList(data)] : []),
    );
  }
}

function ownWords(pictures: number): HTMLElement {
  const words = `${formatCount(pictures)} pictures of the folder val are held out.`;
  return element('p', { class: 'quiet' }, words);
}

function brokenList({ broken }: TrainingData): HTMLElement {
  const what = broken.length === 1 ? 'picture that cannot' : 'pictures that cannot';
  const rows = broken.map(({ name, why }) =>
    element('li', {}, element('span', { class: 'train-file' }, name), `: ${why}`),
  );
  const list = element('ul', { class: 'train-broken' }, ...rows);
  return disclosure(`Left out: ${formatCount(broken.length)} ${what} be read`, list);
}

function disclosure(title: string, content: HTMLElement): HTMLElement {
  return element('details', {}, element('summary', {}, title), content);
}
