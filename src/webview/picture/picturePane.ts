import type { RunView, Prediction } from '../../protocol/panelProtocol';
import type { Actions } from '../state/actions';
import { button, element } from '../draw/element';
import { factRows } from '../draw/factList';
import { icon } from '../draw/icon';
import { dirtyCheck } from '../draw/redraw';
import { formatMilliseconds } from '../draw/numberFormat';
import { isUntrained, type Model } from '../state/model';
import type { ProbeMarks } from '../probe/probeMarks';
import type { ProbeSurface } from '../probe/probeSurface';
import { phrase } from '../draw/phrase';
import { PreprocessPane } from '../preprocessing/preprocessPane';
import { probedPreview } from '../probe/probedPicture';
import { publishedFacts } from './publishedFacts';

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
  private readonly changed = dirtyCheck();
  private preview: ProbeSurface | undefined;

  constructor(private readonly actions: Actions) {
    this.preprocessing = new PreprocessPane(actions);
    this.element.append(this.above, this.preprocessing.element, this.below);
  }

  update(model: Model): void {
    const { state, run, shown, view } = model;
    const { actions } = this;
    this.preprocessing.update(model);
    this.element.classList.toggle('with-steps', view.steps && state.run !== undefined);
    if (!this.changed(state.run, shown, state.weights)) return;
    if (state.run) {
      const preview = probedPreview(state.run, actions.probe);
      this.preview = preview;
      this.above.replaceChildren(...result(state.run, preview.element, run === undefined, actions));
      this.below.replaceChildren(...circumstances(state.run, model));
    } else {
      this.above.replaceChildren(emptyState(actions));
      this.below.replaceChildren();
    }
  }

  probe(marks: ProbeMarks | undefined): void {
    this.preview?.mark(marks?.picture ? [marks.picture] : []);
    this.preprocessing.probe(marks);
  }
}

function emptyState(actions: Actions): HTMLElement {
  return element(
    'div',
    { class: 'empty' },
    icon('picture'),
    element('h2', {}, 'No picture yet'),
    element('p', {}, 'See what every layer sees of it.'),
    button('Choose a picture…', () => actions.tell('chooseImage'), { kind: 'primary' }),
    element(
      'p',
      { class: 'quiet' },
      'Or right-click a picture in the Explorer and pick “AlexNet: Classify Image”.',
    ),
  );
}

function result(
  run: RunView,
  preview: HTMLElement,
  stale: boolean,
  actions: Actions,
): readonly HTMLElement[] {
  return [
    picture(run, preview, actions),
    ...(stale ? [staleNote(run)] : []),
    section(run.trained ? 'Top 5' : 'Top 5, untrained', predictionList(run)),
  ];
}

function picture(
  { name, width, height }: RunView,
  preview: HTMLElement,
  actions: Actions,
): HTMLElement {
  const part = section(
    'Picture',
    preview,
    element('p', { class: 'file' }, ...phrase(`${name} · ${width} × ${height}`, ' · ')),
    element(
      'div',
      { class: 'picture-links' },
      button('Choose another…', () => actions.tell('chooseImage'), { kind: 'link' }),
      button('Compare…', () => actions.tell('compare'), { kind: 'link' }),
    ),
  );
  part.classList.add('source');
  return part;
}

/** Whose weights they were, and what it took. */
function circumstances(run: RunView, { state, run: fresh }: Model): readonly HTMLElement[] {
  const { published } = state.weights;
  const isOfThese = fresh !== undefined && !isUntrained(state);
  return [
    ...(published && isOfThese ? [section('Weights', publishedFacts(published))] : []),
    section('Time', times(run)),
  ];
}

function staleNote(run: RunView): HTMLElement {
  const words = `This result is of ${run.network}. Classify again to see this network’s maps.`;
  return element('p', { class: 'note', role: 'status', 'data-notice': 'stale' }, words);
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

/** The most probable classes with bars; struck through where the weights were never trained. */
function predictionList({ predictions, trained }: RunView): HTMLElement {
  const items = predictions.map((prediction) => {
    const { label, probability, index } = prediction;
    const part = element('div', { class: 'part-bar' });
    part.style.width = `${100 * probability}%`;
    const name = element(trained ? 'span' : 's', { class: 'class-name' }, label);
    return element(
      'li',
      { 'data-class': index, title: `class ${index}: ${label}` },
      name,
      element('span', { class: 'probability' }, `${(100 * probability).toFixed(1)} %`),
      ...(trained ? [classId(prediction)] : []),
      element('div', { class: 'track-bar', 'aria-hidden': 'true' }, part),
    );
  });
  return element('ol', { class: trained ? 'predictions' : 'predictions untrained' }, ...items);
}

/** Which class it is beyond doubt: two are called "crane". */
function classId({ index, synset }: Prediction): HTMLElement {
  return element('span', { class: 'class-id quiet' }, `class ${index} · ${synset}`);
}
