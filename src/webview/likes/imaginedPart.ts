import { isMapShape } from '../../network/tensor/shape';
import { layerFileName } from '../../protocol/exportName';
import type { Imagined } from '../../protocol/imagining';
import { Choice } from '../draw/choice';
import { button, element } from '../draw/element';
import { formatValue } from '../draw/numberFormat';
import { pictureImage, rgbPixels } from '../draw/pixels';
import { sentence } from '../draw/resource';
import { pngBytes } from '../export/png';
import type { Actions } from '../state/actions';
import type { ImagineQuestion, Imagining } from '../state/imaginings';
import type { Model } from '../state/model';
import { ImagineForm } from './imagineForm';
import { likedTarget, likedWords, type Liked } from './liked';

/** How many more steps `Go on` takes with a picture that has all of its own. */
const moreSteps = 64;

/** A picture made for a channel or unit by gradient ascent, with what it takes to make it. */
export class ImaginedPart {
  readonly element = element('section', { class: 'likes-part', 'aria-labelledby': 'likes-made' });
  private readonly words = element('p', { role: 'status' });
  private readonly untrained = element(
    'p',
    { class: 'note' },
    'Untrained weights: the picture means little.',
  );
  private readonly bar = element('progress', { max: 1, 'aria-label': 'Steps taken' });
  private readonly picture = element('img', { class: 'imagined', alt: '', hidden: true });
  private readonly cells: Choice<'middle' | 'all'>;
  private readonly make: HTMLButtonElement;
  private readonly stop: HTMLButtonElement;
  private readonly goOn: HTMLButtonElement;
  private readonly exports: readonly HTMLButtonElement[];
  private readonly form: ImagineForm;
  private shown: { readonly model: Model; readonly liked: Liked } | undefined;

  constructor(private readonly actions: Pick<Actions, 'tell' | 'look'>) {
    const { look } = actions;
    const kind = 'secondary small';
    this.cells = new Choice('For', { middle: 'its middle cell', all: 'all its cells' }, (cells) =>
      look({ likes: { cells } }),
    );
    this.make = button('Make a picture', () => this.begin(), { kind });
    this.goOn = button('Go on', () => this.begin(this.state?.picture), {
      kind,
      title: 'More steps with the same picture',
    });
    this.stop = button('Stop', () => this.shown?.model.data.imaginings.stop(), {
      kind,
      title: 'The picture stays as far as it is',
    });
    this.exports = [
      button('Save PNG…', () => void this.savePng(), { kind }),
      button('Save recipe…', () => this.saveRecipe(), {
        kind,
        title: 'Its exact values and all that it follows from, as JSON or .npy',
      }),
    ];
    this.form = new ImagineForm((settings) => look({ likes: { settings } }));
    this.element.append(
      element('h3', { id: 'likes-made' }, 'Made for it'),
      this.untrained,
      this.words,
      this.cells.element,
      this.bar,
      element('div', { class: 'likes-buttons' }, this.make, this.goOn, this.stop),
      this.picture,
      element('div', { class: 'likes-buttons' }, ...this.exports),
      this.form.element,
    );
  }

  update(model: Model, liked: Liked): void {
    this.shown = { model, liked };
    const { view, state: host } = model;
    this.untrained.hidden = host.weights.trained;
    this.cells.element.hidden = !isMapShape(liked.outputShape);
    this.cells.update(view.likes.cells);
    this.form.update(view.likes.settings);
    const { state } = this;
    const isMaking = state?.status === 'making';
    const { picture } = state ?? {};
    this.make.hidden = this.goOn.hidden = isMaking;
    this.make.textContent = picture ? 'Start again' : 'Make a picture';
    this.goOn.hidden ||= picture === undefined;
    this.stop.hidden = this.bar.hidden = !isMaking;
    if (state?.fraction === undefined) this.bar.removeAttribute('value');
    else this.bar.value = state.fraction;
    for (const each of this.exports) each.hidden = isMaking || !picture;
    this.drawPicture(picture, liked);
    const words = imaginingWords(state, liked);
    // A live region: not every step is said.
    const isSaid = isMaking && this.words.dataset['status'] === 'making';
    this.words.setAttribute('aria-live', isSaid ? 'off' : 'polite');
    this.words.dataset['status'] = state?.status ?? '';
    if (this.words.textContent !== words) this.words.textContent = words;
  }

  private get question(): ImagineQuestion | undefined {
    if (!this.shown) return undefined;
    const { model, liked } = this.shown;
    const { documentId, weightsId } = model.state;
    return { documentId, weightsId, target: likedTarget(liked, model.view.likes.cells) };
  }

  private get state(): Imagining | undefined {
    const { question } = this;
    return question && this.shown?.model.data.imaginings.known(question);
  }

  private drawPicture(picture: Imagined | undefined, liked: Liked): void {
    this.picture.hidden = picture === undefined;
    if (!picture) return;
    const url = pictureImage(picture.picture);
    if (this.picture.src !== url) this.picture.src = url;
    this.picture.alt = `What ${likedWords(liked)} of ${liked.layer} answers to, made in ${picture.step} steps`;
  }

  private begin(from?: Imagined): void {
    const { question } = this;
    if (!this.shown || !question) return;
    const { data, view } = this.shown.model;
    const { settings } = view.likes;
    if (!from) {
      data.imaginings.make(question, settings);
      return;
    }
    // With its own settings, so that it ends as if it had not been stopped.
    const { recipe, step } = from;
    const steps = step < recipe.settings.steps ? recipe.settings.steps : step + moreSteps;
    data.imaginings.make(question, { ...recipe.settings, steps }, from);
  }

  private async savePng(): Promise<void> {
    const made = this.state?.picture;
    if (!made) return;
    const { width, height, rgb } = made.picture;
    const pixels = new Uint32Array(rgbPixels(rgb).buffer);
    const bytes = await pngBytes({ pixels, width, height });
    this.actions.tell('saveFile', { suggestedName: `${this.fileName()}.png`, bytes });
  }

  private saveRecipe(): void {
    const { shown } = this;
    const made = this.state?.picture;
    if (!shown || !made) return;
    const { recipe, start, value, step, milliseconds, pixels, picture } = made;
    const { document } = shown.model.shown;
    const { weights } = shown.model.state;
    const about = {
      documentId: document.id,
      network: document.title,
      ...{ weights: weights.published?.name ?? weights.name, trained: weights.trained },
      ...{ recipe, start, value, step, milliseconds },
    };
    const map = { shape: [picture.height, picture.width, 3], data: pixels };
    this.actions.tell('exportExplanation', { suggestedName: this.fileName(), map, about });
  }

  private fileName(): string {
    const { shown } = this;
    if (!shown) return '';
    const { liked, model } = shown;
    const { title } = model.shown.document;
    return layerFileName({ name: title }, liked.layer, likedWords(liked), 'made');
  }
}

/** How far a picture is, and from where its target's value came to where. */
export function imaginingWords(state: Imagining | undefined, liked: Liked): string {
  if (!state)
    return `Begins with noise and changes it, step by step, so that ${likedWords(liked)} answers more. No picture is needed.`;
  const { status, picture, why } = state;
  if (status === 'failed') return sentence(`could not make the picture: ${why}`);
  if (!picture) return status === 'making' ? 'Making a picture…' : 'Stopped before the first step.';
  const { step, start, value, milliseconds, recipe } = picture;
  const steps = `${step} of ${recipe.settings.steps} steps`;
  const far = `from ${formatValue(start)} to ${formatValue(value)}`;
  if (status === 'making') return `${steps}, ${far}`;
  const took = `${far} in ${(milliseconds / 1000).toFixed(1)} s`;
  return status === 'stopped' ? `Stopped after ${steps}: ${took}.` : `${step} steps: ${took}.`;
}
