import type { PanelTraining } from '../../protocol/training';
import { element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import type { Actions } from '../state/actions';
import type { Model } from '../state/model';
import { AskPart } from './askPart';
import { ProgressPart } from './progressPart';
import { trainedDocument } from './trainedDocument';
import { TrainHead } from './trainHead';
import { spokenWords } from './trainWords';

/** A training in place of the graph: asked for, watched, and what came of it. */
export class TrainView {
  readonly element = element('section', {
    class: 'train-pane',
    'aria-label': 'Training',
    hidden: true,
  });
  private readonly head: TrainHead;
  /** What is said aloud: steps are nothing to hear each time. */
  private readonly spoken = element('p', { class: 'hidden-label', role: 'status' });
  private readonly ask: AskPart;
  private readonly progress: ProgressPart;
  private readonly scroller: HTMLElement;
  private readonly isOther = dirtyCheck();
  /** The training that is over and is to be had again, with other settings. */
  private again: number | undefined;
  private model: Model | undefined;

  constructor(actions: Pick<Actions, 'tell' | 'askAgain' | 'toggleTraining'>) {
    this.head = new TrainHead(actions, () => this.askAgain(this.model?.state.training?.begun));
    this.ask = new AskPart(actions, () => {
      if (this.again === undefined) actions.tell('closeTraining');
      else this.askAgain(undefined);
    });
    this.progress = new ProgressPart(actions);
    this.scroller = element(
      'div',
      {
        class: 'train-scroll',
        role: 'region',
        'aria-label': 'The training in detail',
        tabindex: 0,
      },
      this.ask.element,
      this.progress.element,
    );
    this.element.append(this.head.element, this.spoken, this.scroller);
    // In a field too, where single keys are for typing.
    this.element.addEventListener('keydown', (event) => {
      const isField = event.target instanceof Element && event.target.matches('input, select');
      if (event.key === 'Escape' && isField) actions.toggleTraining();
    });
  }

  update(model: Model): void {
    const { training } = model.state;
    this.model = model;
    this.element.hidden = model.view.view !== 'train';
    if (this.element.hidden || !training) return;
    const { begun, status } = training;
    if (begun !== this.again || !isOver(status)) this.again = undefined;
    const isAsking = status === 'asking' || this.again !== undefined;
    if (this.isOther(begun, isAsking)) this.scroller.scrollTop = 0;
    this.head.update(training, trainedDocument(model)?.title ?? 'a network', isAsking);
    const spoken = spokenWords(training);
    if (this.spoken.textContent !== spoken) this.spoken.textContent = spoken;
    this.ask.element.hidden = !isAsking;
    this.progress.element.hidden = isAsking;
    if (isAsking) this.ask.update(model);
    else this.progress.update(model);
  }

  focus(): void {
    this.scroller.focus();
  }

  private askAgain(begun: number | undefined): void {
    this.again = begun;
    if (this.model) this.update(this.model);
    this.focus();
  }
}

function isOver(status: PanelTraining['status']): boolean {
  return status === 'done' || status === 'stopped' || status === 'failed';
}
