import type { PublishedWeights } from '../../network/modelDocument';
import type { PanelState, RunView, PageLabels } from '../../protocol/panelProtocol';
import type { Prediction } from '../../protocol/prediction';
import { probabilityWords, shortLabel } from '../../protocol/pictureWords';
import type { Actions } from '../state/actions';
import { button, element, onApproach } from '../draw/element';
import { factRows } from '../draw/factList';
import { icon } from '../draw/icon';
import { dirtyCheck } from '../draw/redraw';
import { countInWords, formatCount, formatMilliseconds } from '../draw/numberFormat';
import { isUntrained, type Model } from '../state/model';
import type { ProbeMarks } from '../probe/probeMarks';
import type { ProbeSurface } from '../probe/probeSurface';
import { phrase } from '../draw/phrase';
import { PreprocessPane } from '../preprocessing/preprocessPane';
import { probedPreview } from '../probe/probedPicture';
import { emptyState } from './emptyState';
import { noClassesWords } from './noClasses';
import { PictureNote } from './pictureNote';
import { learnedList, publishedFacts } from './publishedFacts';

/** The picture, what the network took it for, how it was prepared, with which weights, and how long it took. */
export class PicturePane {
  readonly element = element('section', {
    class: 'picture-pane',
    'aria-label': 'Picture and result',
    tabindex: 0,
  });
  // The preprocessing stays where it is: its fields have the keyboard while all around it is drawn anew.
  private readonly above = element('div', { class: 'slot' });
  private readonly preprocessing: PreprocessPane;
  private readonly below = element('div', { class: 'slot' });
  private readonly note: PictureNote;
  private readonly changed = dirtyCheck();
  private readonly runChanged = dirtyCheck();
  private preview: ProbeSurface | undefined;
  /** To the strip that was closed or made way for another. */
  private readonly back: HTMLButtonElement;

  constructor(private readonly actions: Actions) {
    this.preprocessing = new PreprocessPane(actions);
    this.back = button('', actions.reopenPictures, { kind: 'link' });
    this.note = new PictureNote(actions);
    this.element.append(this.above, this.preprocessing.element, this.below, this.note.element);
  }

  update(model: Model): void {
    const { state, shown, view } = model;
    const { actions } = this;
    this.preprocessing.update(model);
    this.element.classList.toggle('with-steps', view.steps && state.run !== undefined);
    this.back.hidden = state.picturesAside === undefined;
    this.back.textContent = `Back to ${formatCount(state.picturesAside ?? 0)} pictures`;
    this.element.classList.toggle('old', model.isOld);
    this.element.setAttribute('aria-busy', String(model.isRenewed));
    this.note.update(state);
    // The old answer stays as it is until the new one is there.
    if (model.isRenewed && !this.runChanged(state.run)) return;
    this.runChanged(state.run);
    const { weights, weightsOffer, notice } = state;
    if (!this.changed(state.run, shown, weights, weightsOffer, state.run ? undefined : notice))
      return;
    if (state.run) {
      const preview = probedPreview(state.run, actions.probe);
      this.preview = preview;
      const source = picture(state.run, preview.element, pictureLinks(actions, this.back));
      this.above.replaceChildren(source, ...result(state.run, model, actions));
      this.below.replaceChildren(...circumstances(state.run, model));
    } else {
      this.above.replaceChildren(emptyState(actions, this.back, notice));
      this.below.replaceChildren();
    }
  }

  probe(marks: ProbeMarks | undefined): void {
    this.preview?.mark(marks?.picture ? [marks.picture] : []);
    this.preprocessing.probe(marks);
  }
}

function result(run: RunView, model: Model, actions: Actions): readonly HTMLElement[] {
  const { state } = model;
  const noClasses = noClassesWords(run, model);
  if (noClasses !== undefined)
    return [section('Output', element('p', { class: 'quiet no-classes' }, noClasses))];
  const warnings = run.trained ? [] : [untrainedNote(state, actions)];
  const { published } = state.weights;
  const notes = run.trained && isOfWeights(model) ? knownNotes(published, state, actions) : [];
  const left = run.changes ? leftClasses(state) : [];
  const { document } = model.shown;
  const labels = document.id === run.documentId ? labelsNote(document.labels, actions) : [];
  const list = predictionList(run, actions);
  return [section('Top 5', ...warnings, list, ...left, ...labels, ...notes)];
}

/** Weights that know few classes answer with one of these whatever the picture shows. */
function knownNotes(
  published: PublishedWeights | undefined,
  { weightsOffer }: PanelState,
  { tell }: Pick<Actions, 'tell'>,
): readonly HTMLElement[] {
  if (!published?.classes) return [];
  const count = countInWords(published.classes.length);
  const words = element(
    'span',
    { class: 'quiet' },
    `One of the ${count} kinds of things that these weights know, whatever the picture shows.`,
  );
  const load = button(weightsOffer, () => tell('loadOfferedWeights'), { kind: 'link' });
  return [element('p', { class: 'known-note', 'data-notice': 'known' }, words, load)];
}

/** What labels are worth is said where they are read, with a way to better ones. */
function untrainedNote(
  { weights, weightsOffer }: PanelState,
  { tell }: Pick<Actions, 'tell'>,
): HTMLElement {
  const words = element('span', {}, 'Untrained weights: labels mean nothing');
  const load = button(weightsOffer, () => tell('loadOfferedWeights'), { kind: 'link' });
  const attributes = { class: 'untrained-note', 'data-notice': 'untrained' };
  return element('p', attributes, icon('warning'), words, ...(weights.trained ? [] : [load]));
}

function picture(
  { name, width, height }: RunView,
  preview: HTMLElement,
  links: HTMLElement,
): HTMLElement {
  const file = element('p', { class: 'file' }, ...phrase(`${name} · ${width} × ${height}`, ' · '));
  const part = section('Picture', preview, file, links);
  part.classList.add('source');
  return part;
}

function pictureLinks(actions: Actions, back: HTMLElement): HTMLElement {
  return element(
    'div',
    { class: 'picture-links' },
    button('Choose another…', () => actions.tell('chooseImage'), { kind: 'link' }),
    button('Compare…', () => actions.tell('compare'), { kind: 'link' }),
    button('Erase parts…', actions.erase, { kind: 'link' }),
    back,
  );
}

/** Whose weights they were, and what it took. */
function circumstances(run: RunView, model: Model): readonly HTMLElement[] {
  const { published, learned } = model.state.weights;
  const facts = [
    ...(published ? [publishedFacts(published)] : []),
    ...(learned ? [learnedList(learned)] : []),
  ];
  return [
    ...(facts.length > 0 && isOfWeights(model) ? [section('Weights', ...facts)] : []),
    section('Time', times(run)),
  ];
}

/** Whether the result is of the weights that are in use. */
function isOfWeights({ state, run }: Model): boolean {
  return run !== undefined && !isUntrained(state);
}

function times({ milliseconds }: RunView): HTMLElement {
  const steps = ['decode', 'preprocess', 'forward'] as const;
  const facts = steps.map((step) => ({
    term: step,
    value: formatMilliseconds(milliseconds[step]),
  }));
  return element('dl', { class: 'times' }, ...factRows(facts));
}

function section(title: string, ...content: readonly HTMLElement[]): HTMLElement {
  return element('div', { class: 'pane-part' }, element('h2', {}, title), ...content);
}

/** The most probable classes with bars and why; struck through where the weights were never trained. */
function predictionList({ predictions, trained }: RunView, actions: Actions): HTMLElement {
  const items = predictions.map((prediction) => {
    const { label, probability, index, before } = prediction;
    const part = element('div', { class: 'part-bar' });
    part.style.width = `${100 * probability}%`;
    const name = element(trained ? 'span' : 's', { class: 'class-name' }, label);
    return element(
      'li',
      { 'data-class': index, title: `class ${index}: ${label}` },
      name,
      element('span', { class: 'probability' }, probabilityWords(probability)),
      ...wasNote(before),
      ...(trained ? [classId(prediction), whyLink(prediction, actions)] : []),
      element('div', { class: 'track-bar', 'aria-hidden': 'true' }, part),
    );
  });
  return element('ol', { class: trained ? 'predictions' : 'predictions untrained' }, ...items);
}

/** What a class was before the run was changed. */
function wasNote(before: number | undefined): readonly HTMLElement[] {
  if (before === undefined) return [];
  return [element('span', { class: 'was' }, `was ${probabilityWords(before)}`)];
}

/** Classes that were among the first five before the run was changed. */
function leftClasses({ changed }: PanelState): readonly HTMLElement[] {
  if (!changed || changed.left.length === 0) return [];
  const items = changed.left.map(({ label, before, probability }) => {
    const words = `${shortLabel(label)}: ${probabilityWords(before)} → ${probabilityWords(probability)}`;
    return element('li', {}, words);
  });
  return [
    element('p', { class: 'quiet' }, 'No longer in it'),
    element('ol', { class: 'left-classes' }, ...items),
  ];
}

function whyLink(
  { index, label }: Prediction,
  { explainClass, foreseeExplanation }: Actions,
): HTMLElement {
  const link = button('Why?', () => explainClass(index), { kind: 'link why' });
  onApproach(link, () => foreseeExplanation(index));
  link.append(element('span', { class: 'hidden-label' }, ` ${label}`));
  return link;
}

/** Which class it is beyond doubt: two are called “crane”. Nothing more than its number is known of a class without names. */
function classId({ index, label, synset }: Prediction): HTMLElement {
  const number = label === `class ${index}` ? '' : `class ${index}`;
  const words = synset === '' ? number : `${number} · ${synset}`;
  return element('span', { class: 'class-id quiet' }, words);
}

/** Where the names of the classes come from, with a way to others where a person may choose them. */
function labelsNote(
  { from, count, offer }: PageLabels,
  { tell }: Pick<Actions, 'tell'>,
): readonly HTMLElement[] {
  if (count === 0) return [];
  const links = [
    ...(offer === 'imageNet'
      ? [button('Use ImageNet’s', () => tell('useImageNetLabels'), { kind: 'link' })]
      : []),
    ...(offer ? [button('Choose labels…', () => tell('chooseLabels'), { kind: 'link' })] : []),
  ];
  const words = element('span', { class: 'quiet' }, `Labels: ${from}`);
  return [element('p', { class: 'labels-note' }, words, ...links)];
}
