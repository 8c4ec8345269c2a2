import type { EvaluationReport } from '../../protocol/evaluation';
import { evaluationWords } from '../../protocol/evaluationWords';
import { element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import { ResourceNote } from '../draw/resource';
import type { Actions } from '../state/actions';
import type { Model } from '../state/model';
import { ClassTable } from './classTable';
import { namerOf } from './confusion';
import { ConfusionView } from './confusionView';
import { EvaluatedPictures } from './evaluatedPictures';
import { EvaluateHead } from './evaluateHead';
import { evaluateNotes } from './evaluateNotes';
import { figures } from './figures';
import { allMistakes, type Picked } from './picked';

/** How well the network does on a labelled folder: the figures, the classes, what is confused with what, the mistakes. */
export class EvaluateView {
  readonly element = element('section', {
    class: 'evaluate-pane',
    'aria-label': 'Evaluation',
    hidden: true,
  });
  private readonly head: EvaluateHead;
  private readonly figures = element('div');
  private readonly notes = element('div', { class: 'evaluate-notes' });
  private readonly note: ResourceNote;
  /** Said aloud once it is over: what changes meanwhile is nothing to hear each time. */
  private readonly ended = element('p', { class: 'hidden-label', role: 'status' });
  private readonly classes: ClassTable;
  private readonly confusion: ConfusionView;
  private readonly mistakes: EvaluatedPictures;
  /** Of a pair of classes that was picked. */
  private readonly pair: EvaluatedPictures;
  private readonly parts: HTMLElement;
  private readonly scroller: HTMLElement;
  private readonly changed = dirtyCheck();
  private readonly isOther = dirtyCheck();
  private report: EvaluationReport | undefined;
  private picked = allMistakes;
  private pickedPair: Picked | undefined;
  private model: Model | undefined;

  constructor(actions: Pick<Actions, 'tell' | 'askAgain'>) {
    this.head = new EvaluateHead(actions);
    this.note = new ResourceNote(actions.askAgain);
    this.classes = new ClassTable((index) => this.pickClass(index));
    this.confusion = new ConfusionView((picked) => this.pickPair(picked));
    this.mistakes = new EvaluatedPictures(actions, {
      id: 'evaluated-mistakes',
      back: () => this.leaveClass(),
      backWords: 'All mistakes',
    });
    this.pair = new EvaluatedPictures(actions, {
      id: 'evaluated-pair',
      back: () => this.pickPair(undefined),
      backWords: 'Close',
    });
    this.confusion.element.append(this.pair.element);
    this.parts = element(
      'div',
      { class: 'evaluate-parts' },
      part('Classes, the hardest first', this.classes.element),
      this.mistakes.element,
      part('What is taken for what', this.confusion.element),
    );
    this.scroller = element(
      'div',
      { class: 'evaluate-scroll', role: 'region', 'aria-label': 'What came out', tabindex: 0 },
      this.figures,
      this.notes,
      this.note.element,
      this.parts,
    );
    this.element.append(this.head.element, this.ended, this.scroller);
  }

  update(model: Model): void {
    const { state, view, data } = model;
    const { evaluation } = state;
    this.model = model;
    this.element.hidden = view.view !== 'evaluate';
    if (this.element.hidden || !evaluation) return;
    if (this.isOther(evaluation.begun)) {
      this.report = undefined;
      this.picked = allMistakes;
      this.pickedPair = undefined;
      this.scroller.scrollTop = 0;
    }
    const got = data.evaluationReport(evaluation);
    // The last version stays until the next one is there.
    if (got.status === 'ready') this.report = got.value;
    const { report } = this;
    this.head.update(evaluation);
    this.note.update(report && got.status !== 'failed' ? undefined : got, 'what came out');
    const isOver = evaluation.status !== 'running' && got.status === 'ready';
    const ended = isOver ? evaluationWords(evaluation, got.value) : '';
    if (this.ended.textContent !== ended) this.ended.textContent = ended;
    const hasSome = report !== undefined && report.pictures > 0;
    this.parts.hidden = !hasSome;
    if (this.changed(report, evaluation.status, evaluation.published, evaluation.trained)) {
      this.figures.replaceChildren(...(hasSome ? [figures(evaluation, report)] : []));
      this.notes.replaceChildren(...evaluateNotes(evaluation, report));
    }
    if (!hasSome) return;
    this.classes.update(report);
    this.confusion.update(report);
    this.mistakes.update({ evaluation, picked: this.picked, data });
    this.pair.update({ evaluation, picked: this.pickedPair, data });
  }

  focus(): void {
    this.scroller.focus();
  }

  private pickClass(truth: number): void {
    if (!this.report) return;
    this.picked = { question: { truth }, words: `Mistakes of ${namerOf(this.report)(truth)}` };
    this.redraw();
    reveal(this.mistakes);
  }

  /** All mistakes again; the keyboard goes back to the class that was picked. */
  private leaveClass(): void {
    const { truth } = this.picked.question;
    this.picked = allMistakes;
    this.redraw();
    if (truth !== undefined) this.classes.focus(truth);
  }

  private pickPair(picked: Picked | undefined): void {
    this.pickedPair = picked;
    this.redraw();
    if (picked) reveal(this.pair);
    else this.confusion.focus();
  }

  private redraw(): void {
    if (this.model) this.update(this.model);
  }
}

/** Gives it the keyboard, and scrolls as little as brings it into sight. */
function reveal(part: EvaluatedPictures): void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  part.focus();
  part.element.scrollIntoView({ block: 'nearest', behavior: calm ? 'auto' : 'smooth' });
}

function part(title: string, ...content: readonly HTMLElement[]): HTMLElement {
  return element('section', { class: 'evaluate-part' }, element('h2', {}, title), ...content);
}
