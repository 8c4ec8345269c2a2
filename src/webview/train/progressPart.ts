import type { CurvePoint, PanelTraining } from '../../protocol/training';
import { lossWords, recipeFacts, shareWords } from '../../protocol/trainingWords';
import { element } from '../draw/element';
import { factRows } from '../draw/factList';
import { dirtyCheck } from '../draw/redraw';
import { ResourceNote } from '../draw/resource';
import type { Actions } from '../state/actions';
import type { Model } from '../state/model';
import { CurveChart } from './curveChart';
import { DataPart } from './dataPart';
import { EpochTable } from './epochTable';
import { LivePictures } from './livePictures';
import { Paced } from './paced';
import { countingResult, troubleWords } from './trainWords';

/** A curve is drawn anew no more often: a person sees no more. */
const everyMilliseconds = 1000;

/** A training under way or over: figures, curves, what the network looks like, and the recipe. */
export class ProgressPart {
  readonly element: HTMLElement;
  private readonly trouble = element('p', { class: 'note', hidden: true });
  private readonly figures = new Figures();
  private readonly loss = new CurveChart({
    title: 'Loss',
    unit: 'cross-entropy, by epoch',
    of: ({ loss }) => loss,
    words: lossWords,
    axis: String,
  });
  private readonly accuracy = new CurveChart({
    title: 'Accuracy',
    unit: 'by epoch',
    of: ({ accuracy }) => accuracy,
    words: shareWords,
    axis: (share) => `${Math.round(100 * share)} %`,
    top: 1,
  });
  private readonly note: ResourceNote;
  private readonly epochs = new EpochTable();
  private readonly live: LivePictures;
  private readonly recipe = element('dl', { class: 'facts train-recipe' });
  private readonly data = new DataPart();
  private readonly paced = new Paced(everyMilliseconds, () => this.redraw());
  private readonly isOther = dirtyCheck();
  private readonly recipeChanged = dirtyCheck();
  private points: readonly CurvePoint[] = [];
  private model: Model | undefined;

  constructor(actions: Pick<Actions, 'askAgain'>) {
    this.note = new ResourceNote(actions.askAgain);
    this.live = new LivePictures(actions.askAgain);
    this.element = element(
      'div',
      { class: 'train-progress' },
      this.trouble,
      this.figures.element,
      this.note.element,
      element('div', { class: 'train-charts' }, this.loss.element, this.accuracy.element),
      this.epochs.element,
      part('What it sees', this.live.element),
      element(
        'div',
        { class: 'train-parts' },
        part('Recipe', this.recipe),
        part('Classes', this.data.element),
      ),
    );
  }

  update(model: Model): void {
    const { training } = model.state;
    this.model = model;
    if (!training) return;
    const { history, steps, stepsPerEpoch, settings, data } = training;
    this.readCurve(model, training);
    const trouble = troubleWords(training);
    this.trouble.hidden = trouble === undefined;
    if (trouble !== undefined) this.trouble.textContent = trouble;
    this.figures.update(training);
    const { epochs } = settings;
    const curve = { points: this.points, history, steps, stepsPerEpoch, epochs };
    this.loss.update(curve);
    this.accuracy.update(curve);
    this.epochs.update(history);
    this.live.update(model);
    this.data.update(data);
    if (this.recipeChanged(settings, data)) {
      this.recipe.replaceChildren(...factRows(recipeFacts(settings, data)));
    }
  }

  private readCurve(model: Model, training: PanelTraining): void {
    const { begun, version, step } = training;
    const isOther = this.isOther(begun);
    if (isOther) this.points = [];
    if (step === 0) return;
    const got = model.data.training.curve({ begun, version: this.paced.next(version, isOther) });
    if (got.status === 'ready') this.points = got.value;
    this.note.update(got.status === 'failed' ? got : undefined, 'the curves');
  }

  private redraw(): void {
    if (this.model?.view.view === 'train') this.update(this.model);
  }
}

/** What a person wants to know first, in large type. It has its room before there is anything to say. */
class Figures {
  readonly element = element('dl', { class: 'train-figures' });
  private readonly values = new Map(
    ['Accuracy, held out', 'Accuracy, training', 'Loss, held out', 'Loss, training'].map(
      (title) => [title, element('dd', { class: 'train-figure-value' }, '–')] as const,
    ),
  );

  constructor() {
    for (const [title, value] of this.values) {
      const figure = element('div', { class: 'train-figure' }, element('dt', {}, title), value);
      this.element.append(figure);
    }
  }

  update(training: PanelTraining): void {
    const result = countingResult(training);
    const { heldOut } = result ?? {};
    const words = [
      heldOut && shareWords(heldOut.accuracy),
      result && shareWords(result.accuracy),
      heldOut && lossWords(heldOut.loss),
      result && lossWords(result.loss),
    ];
    [...this.values.values()].forEach((value, at) => {
      const text = words[at] ?? '–';
      if (value.textContent !== text) value.textContent = text;
    });
  }
}

function part(title: string, ...content: readonly HTMLElement[]): HTMLElement {
  return element('section', { class: 'train-part' }, element('h2', {}, title), ...content);
}
