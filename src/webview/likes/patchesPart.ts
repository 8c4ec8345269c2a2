import { isMapShape } from '../../network/tensor/shape';
import type { PanelPatches, Patch, PatchesAnswer } from '../../protocol/likes';
import { pictureName } from '../../protocol/pictureWords';
import { button, element } from '../draw/element';
import { formatCount, formatValue } from '../draw/numberFormat';
import { pictureImage } from '../draw/pixels';
import { dirtyCheck } from '../draw/redraw';
import { sentence } from '../draw/resource';
import type { Actions } from '../state/actions';
import type { Model } from '../state/model';
import { likedWords, type Liked } from './liked';

/** Which parts of a person's own pictures a channel answers to most, and the search for them. */
export class PatchesPart {
  readonly element = element('section', {
    class: 'likes-part',
    'aria-labelledby': 'likes-patches',
  });
  private readonly words = element('p', { role: 'status' });
  private readonly bar = element('progress', { max: 1, 'aria-label': 'Pictures looked through' });
  private readonly ofStrip: HTMLButtonElement;
  private readonly ofFolder: HTMLButtonElement;
  private readonly stop: HTMLButtonElement;
  private readonly note = element('p', { class: 'quiet' });
  private readonly list = element('ol', { class: 'patches' });
  private readonly listChanged = dirtyCheck();
  private layer = '';
  /** What was there last, until there is more. */
  private last: { readonly key: string; readonly answer: PatchesAnswer } | undefined;

  constructor(private readonly actions: Pick<Actions, 'tell'>) {
    const find = (of: 'pictures' | 'folder') => () =>
      actions.tell('findPatches', { layer: this.layer, of });
    this.ofStrip = button('', find('pictures'), { kind: 'secondary small' });
    this.ofFolder = button('Look through a folder…', find('folder'), { kind: 'secondary small' });
    this.stop = button('Stop', () => actions.tell('stopPatches'), {
      kind: 'secondary small',
      title: 'What was found stays',
    });
    this.element.append(
      element('h3', { id: 'likes-patches' }, 'In your pictures'),
      this.words,
      this.bar,
      element('div', { class: 'likes-buttons' }, this.ofStrip, this.ofFolder, this.stop),
      this.list,
      this.note,
    );
  }

  update({ state, data }: Model, liked: Liked): void {
    this.layer = liked.layer;
    const search = ownSearch(state.patches, state.documentId, liked.layer);
    const isRunning = search?.status === 'running';
    const count = state.pictures?.items.length ?? (state.run ? 1 : 0);
    this.ofStrip.textContent =
      count === 1 ? 'Look at the picture on screen' : `Look through the ${count} on screen`;
    this.ofStrip.hidden = isRunning || count === 0;
    this.ofFolder.hidden = isRunning;
    this.stop.hidden = this.bar.hidden = !isRunning;
    if (isRunning) this.bar.value = search.pictures === 0 ? 0 : search.done / search.pictures;
    const answer = search && this.answer(search, data, liked.channel);
    const words = search ? searchWords(search) : introWords(liked);
    // A live region: what is said already is not said again.
    if (this.words.textContent !== words) this.words.textContent = words;
    this.note.textContent = noteWords(search, answer, state.weightsId, liked);
    this.note.hidden = this.note.textContent === '';
    this.list.hidden = !answer || answer.patches.length === 0;
    this.draw(search, answer, { data, liked });
  }

  private answer(
    { begun, version }: PanelPatches,
    data: Model['data'],
    channel: number,
  ): PatchesAnswer | undefined {
    const key = `${begun} ${channel}`;
    const got = data.patches({ begun, channel, version });
    if (got.status === 'ready') this.last = { key, answer: got.value };
    return this.last?.key === key ? this.last.answer : undefined;
  }

  private draw(
    search: PanelPatches | undefined,
    answer: PatchesAnswer | undefined,
    { data, liked }: { readonly data: Model['data']; readonly liked: Liked },
  ): void {
    if (!search || !answer) return;
    const { begun } = search;
    const { channel } = liked;
    const pictures = answer.patches.map((patch) => data.patchPicture({ begun, channel }, patch));
    const urls = pictures.map((got) => (got.status === 'ready' ? pictureImage(got.value) : ''));
    if (!this.listChanged(answer, urls.join())) return;
    const held = [...this.list.querySelectorAll('button')].indexOf(
      document.activeElement as HTMLButtonElement,
    );
    this.list.replaceChildren(
      ...answer.patches.map((patch, at) => this.row(patch, urls[at] ?? '', { begun, liked })),
    );
    this.list.querySelectorAll('button')[held]?.focus();
  }

  private row(
    { picture, name, value, row, column }: Patch,
    url: string,
    { begun, liked }: { readonly begun: number; readonly liked: Liked },
  ): HTMLElement {
    const file = pictureName(name);
    const place = isMapShape(liked.outputShape) ? `, row ${row}, column ${column}` : '';
    const open = button('', () => this.actions.tell('showPatch', { begun, picture }), {
      kind: 'plain patch',
      title: `${name}: ${formatValue(value)}${place}. Opens the picture`,
    });
    open.append(
      url === ''
        ? element('span', { class: 'patch-empty' })
        : element('img', { src: url, alt: '' }),
      element('span', { class: 'numeric' }, formatValue(value)),
      element('span', { class: 'patch-name' }, file),
      element('span', { class: 'hidden-label' }, place),
    );
    return element('li', {}, open);
  }
}

/** The search that is of this layer. */
function ownSearch(
  patches: PanelPatches | undefined,
  documentId: string,
  layer: string,
): PanelPatches | undefined {
  return patches?.documentId === documentId && patches.layer === layer ? patches : undefined;
}

function introWords({ layer }: Liked): string {
  return `Finds the parts of pictures that it answers to most, cut out by what its cells see. One pass serves all of ${layer}.`;
}

/** `Stopped after 120 of 3,925 pictures in val.` */
export function searchWords({ status, done, pictures, from, why }: PanelPatches): string {
  const all = pictures === 1 ? '1 picture' : `${formatCount(pictures)} pictures`;
  if (status === 'running') return `${formatCount(done)} of ${all}: ${from}`;
  if (status === 'done') return `The strongest of ${all}: ${from}`;
  const stopped = `Stopped after ${formatCount(done)} of ${all}: ${from}`;
  return why === undefined ? stopped : `${stopped}. ${sentence(why)}`;
}

/** What else is to be said of what was found. */
function noteWords(
  search: PanelPatches | undefined,
  answer: PatchesAnswer | undefined,
  weightsId: number,
  liked: Liked,
): string {
  if (!search) return '';
  const isOld = search.weightsId !== weightsId && search.status !== 'running';
  const isSilent = answer?.patches.every(({ value }) => value === 0) === true && search.done > 0;
  const [first] = answer?.unreadable ?? [];
  return [
    ...(isOld ? ['These are of other weights than those in use.'] : []),
    ...(isSilent ? [`This ${likedWords(liked)} is 0 everywhere in these pictures.`] : []),
    ...(search.leftOut > 0 ? [`${formatCount(search.leftOut)} more were left out.`] : []),
    ...(first
      ? [`${formatCount(search.unreadable)} cannot be read, such as ${sentence(first.why)}`]
      : []),
  ].join(' ');
}
