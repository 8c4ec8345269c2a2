import type { EvaluatedPicture, PanelEvaluation, PicturesAnswer } from '../../protocol/evaluation';
import { pictureName, probabilityWords, shortLabel } from '../../protocol/pictureWords';
import { button, element } from '../draw/element';
import { itemAfterKey } from '../draw/gridKeys';
import { formatCount } from '../draw/numberFormat';
import { dirtyCheck } from '../draw/redraw';
import type { Resource } from '../draw/resource';
import { ResourceNote } from '../draw/resource';
import { Thumbnail } from '../draw/thumbnail';
import type { Actions } from '../state/actions';
import type { LayerData } from '../state/layerData';
import { allMistakes, type Picked } from './picked';

/** More are shown when they are asked for. */
const firstTiles = 8;

interface PicturesState {
  readonly evaluation: PanelEvaluation;
  /** Undefined: none are asked for. */
  readonly picked: Picked | undefined;
  readonly data: LayerData;
}

/** The worst mistakes as tiles, or the pictures that a person picked; a click shows one in the panel. */
export class EvaluatedPictures {
  readonly element: HTMLElement;
  private readonly title: HTMLElement;
  private readonly back: HTMLButtonElement;
  private readonly through: HTMLButtonElement;
  private readonly more: HTMLButtonElement;
  private readonly none = element('p', { class: 'quiet' });
  private readonly note: ResourceNote;
  private readonly grid: HTMLElement;
  private readonly changed = dirtyCheck();
  private readonly pickedChanged = dirtyCheck();
  private tiles = new Map<number, Tile>();
  private answer: PicturesAnswer = { pictures: [], all: 0 };
  private state: PicturesState | undefined;
  private shown = firstTiles;

  /** `back` hears that a person has seen enough of what was picked, and is called `backWords`. */
  constructor(
    private readonly actions: Pick<Actions, 'tell' | 'askAgain'>,
    {
      id,
      back,
      backWords,
    }: { readonly id: string; readonly back: () => void; readonly backWords: string },
  ) {
    this.title = element('h2', { id, tabindex: -1 });
    this.grid = element('div', { class: 'evaluated-tiles', role: 'group', 'aria-labelledby': id });
    const small = 'secondary small';
    this.back = button(backWords, back, { kind: small });
    this.through = button('', () => this.show(this.answer.pictures.map(({ id }) => id)), {
      kind: small,
      title: 'Classifies these pictures, to step through them',
    });
    this.more = button('Show more', () => this.showMore(), { kind: small });
    this.note = new ResourceNote(actions.askAgain);
    const tools = element('div', { class: 'evaluated-tools' }, this.title, this.back, this.through);
    this.element = element(
      'section',
      { class: 'evaluated', 'aria-labelledby': id },
      tools,
      this.note.element,
      this.none,
      this.grid,
      this.more,
    );
    this.grid.addEventListener('keydown', (event) => this.key(event));
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.back.hidden) return;
      event.preventDefault();
      back();
    });
  }

  /** Where a person who picked them goes on: Tab leads to the pictures, Esc back. */
  focus(): void {
    this.title.focus({ preventScroll: true });
  }

  update(state: PicturesState): void {
    this.state = state;
    const { evaluation, picked, data } = state;
    this.element.hidden = picked === undefined;
    if (!picked) return;
    const got: Resource<PicturesAnswer> = data.evaluatedPictures(evaluation, picked.question);
    const isOther = this.pickedChanged(evaluation.begun, picked);
    if (isOther) this.shown = firstTiles;
    if (got.status === 'ready') this.answer = got.value;
    else if (isOther) this.answer = { pictures: [], all: 0 };
    // While a new version is on its way the pictures of the last one stay.
    const isEmpty = this.answer.all === 0;
    this.note.update(isEmpty || got.status === 'failed' ? got : undefined, 'the pictures');
    if (this.changed(this.answer, picked, this.shown, got.status === 'ready'))
      this.draw(picked, got);
    for (const [id, tile] of this.tiles) tile.update(data.evaluatedThumbnail(evaluation, id));
  }

  private draw(picked: Picked, got: Resource<PicturesAnswer>): void {
    const { pictures, all } = this.answer;
    const isAll = picked === allMistakes;
    const words = isAll ? 'Mistakes, the surest first' : picked.words;
    this.title.replaceChildren(words, element('span', { class: 'quiet' }, ` ${formatCount(all)}`));
    this.back.hidden = isAll;
    this.through.hidden = pictures.length < 2;
    this.through.textContent = `Go through ${formatCount(pictures.length)}`;
    this.none.hidden = all > 0 || got.status !== 'ready';
    this.none.textContent = isAll ? 'No mistake so far.' : 'No such picture.';
    const seen = pictures.slice(0, this.shown);
    this.more.hidden = pictures.length <= this.shown;
    const old = this.tiles;
    this.tiles = new Map(
      seen.map((each) => [each.id, old.get(each.id) ?? new Tile(each, () => this.show([each.id]))]),
    );
    const tiles = [...this.tiles.values()].map((tile) => tile.element);
    const active = tiles.find((tile) => tile === document.activeElement) ?? tiles[0];
    for (const tile of tiles) tile.tabIndex = tile === active ? 0 : -1;
    this.grid.replaceChildren(...tiles);
  }

  private show(ids: readonly number[]): void {
    if (this.state) this.actions.tell('showEvaluated', { begun: this.state.evaluation.begun, ids });
  }

  private showMore(): void {
    this.shown = this.answer.pictures.length;
    if (this.state) this.update(this.state);
  }

  private key(event: KeyboardEvent): void {
    const tiles = [...this.tiles.values()].map((tile) => tile.element);
    const at = tiles.findIndex((tile) => tile === event.target);
    const first = tiles[0]?.offsetTop;
    const columns = tiles.filter((tile) => tile.offsetTop === first).length;
    const to = itemAfterKey(event.key, at, { count: tiles.length, columns });
    const next = to === undefined ? undefined : tiles[to];
    if (at < 0 || !next) return;
    event.preventDefault();
    event.stopPropagation();
    for (const tile of tiles) tile.tabIndex = tile === next ? 0 : -1;
    next.focus();
  }
}

/** One picture, what it is and what it was taken for. */
class Tile {
  readonly element: HTMLButtonElement;
  private readonly thumbnail = new Thumbnail(element('span', { class: 'evaluated-thumb' }));

  constructor(picture: EvaluatedPicture, show: () => void) {
    const { name, truth, taken, truthLabel, takenLabel, probability } = picture;
    const [is, was] = [shortLabel(truthLabel), shortLabel(takenLabel)];
    const sure = probabilityWords(probability);
    this.element = button('', show, {
      kind: 'evaluated-tile',
      title: name,
    });
    const isRight = truth === taken;
    const percent = element('span', { class: 'whole' }, sure);
    this.element.append(
      this.thumbnail.element,
      element('span', { class: 'hidden-label' }, `${pictureName(name)}: `),
      element('span', { class: 'evaluated-taken' }, element('strong', {}, was), ' ', percent),
      element('span', { class: 'quiet' }, isRight ? 'rightly' : `is ${is}`),
    );
  }

  update(got: Resource<Parameters<Thumbnail['update']>[1] & object>): void {
    const status = got.status === 'failed' ? 'failed' : 'done';
    this.thumbnail.update({ status }, got.status === 'ready' ? got.value : undefined);
  }
}
