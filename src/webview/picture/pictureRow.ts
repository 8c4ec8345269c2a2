import type { PictureNotice, RunView } from '../../protocol/panelProtocol';
import { probabilityWords } from '../../protocol/pictureWords';
import type { Actions } from '../state/actions';
import { button, element } from '../draw/element';
import { icon } from '../draw/icon';
import { previewImage } from '../draw/pixels';
import { dirtyCheck } from '../draw/redraw';
import type { Model } from '../state/model';
import { noClassesWords } from './noClasses';

/** The picture and what it was taken for, in one row above the graph; pressed, it shows the whole pane. */
export class PictureRow {
  readonly element: HTMLElement;
  private readonly words = element('span', { class: 'picture-row-words' });
  private readonly toggle: HTMLButtonElement;
  private readonly choose: HTMLButtonElement;
  private readonly changed = dirtyCheck();

  constructor({ tell, look }: Pick<Actions, 'tell' | 'look'>, pane: HTMLElement) {
    pane.id ||= 'picture-pane';
    this.toggle = element(
      'button',
      { type: 'button', class: 'button plain picture-row-toggle', 'aria-controls': pane.id },
      this.words,
      icon('chevron'),
    );
    this.toggle.addEventListener('click', () => {
      const pictureOpen = this.toggle.getAttribute('aria-expanded') !== 'true';
      look({ pictureOpen });
      if (pictureOpen) pane.focus();
    });
    pane.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented || this.element.hidden) return;
      event.stopPropagation();
      look({ pictureOpen: false });
      this.toggle.focus();
    });
    this.choose = button('Choose a picture…', () => tell('chooseImage'), { kind: 'primary small' });
    this.element = element('div', { class: 'picture-row' }, this.toggle, this.choose);
  }

  update(model: Model, shown: boolean): void {
    const { run, notice } = model.state;
    const { view } = model;
    this.element.hidden = !shown;
    this.toggle.setAttribute('aria-expanded', String(view.pictureOpen));
    const sign = run && notice && signs[notice.kind];
    const none = run && noClassesWords(run, model);
    if (!shown || !this.changed(run, sign, none)) return;
    this.choose.hidden = run !== undefined;
    this.words.replaceChildren(
      ...(run ? wordsOf(run, sign, none) : [icon('picture'), 'No picture yet']),
    );
  }
}

/** What is wrong with what is shown, in a word; the pane says it in a sentence, with a way on. */
const signs: Readonly<Record<PictureNotice['kind'], string | undefined>> = {
  running: undefined,
  outdated: 'of before',
  changed: 'file changed',
  gone: 'file gone',
  returning: undefined,
  lost: undefined,
};

function wordsOf(
  { preview, name, predictions, trained, changes }: RunView,
  sign: string | undefined,
  /** Why there is no class. */
  none: string | undefined,
): readonly HTMLElement[] {
  const image = element('img', { class: 'picture-row-image', src: previewImage(preview), alt: '' });
  const [best] = predictions;
  const label = best && element(trained ? 'span' : 's', { class: 'picture-row-label' }, best.label);
  const probability =
    best && element('span', { class: 'numeric' }, probabilityWords(best.probability));
  return [
    image,
    element('span', { class: 'picture-row-name quiet' }, name),
    ...(label ? [label] : []),
    ...(probability ? [probability] : []),
    ...(none === undefined
      ? []
      : [element('span', { class: 'picture-row-none quiet', title: none }, none)]),
    ...(trained ? [] : [element('span', { class: 'quiet' }, 'untrained')]),
    ...(sign === undefined ? [] : [element('span', { class: 'chip' }, sign)]),
    ...(changes ? [element('span', { class: 'chip' }, 'what if')] : []),
  ];
}
