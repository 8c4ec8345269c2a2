import type { EngineState, Work } from '../../protocol/panelProtocol';
import { button, element } from '../draw/element';
import { icon } from '../draw/icon';
import { dirtyCheck } from '../draw/redraw';
import type { Actions } from '../state/actions';

/** One sentence on what went wrong last. */
export class ProblemBar {
  // The region is there from the start: screen readers hear only what is put into a known one.
  readonly element = element('div', { class: 'problem', role: 'alert' });
  private readonly changed = dirtyCheck();

  constructor(private readonly actions: Pick<Actions, 'tell'>) {}

  update(problem: string | undefined, engine: EngineState): void {
    const hasFailed = engine.status === 'failed';
    if (!this.changed(problem, hasFailed)) return;
    this.element.replaceChildren();
    if (problem === undefined) return;
    const { tell } = this.actions;
    const dismiss = button('', () => tell('dismissProblem'), {
      kind: 'plain',
      'aria-label': 'Dismiss',
      title: 'Dismiss',
    });
    dismiss.append(icon('close'));
    this.element.append(
      icon('error'),
      element('span', { class: 'problem-text' }, problem),
      ...(hasFailed
        ? [button('Restart the engine', () => tell('restartEngine'), { kind: 'link' })]
        : []),
      button('Show log', () => tell('showLog'), { kind: 'link' }),
      dismiss,
    );
  }
}

/** What is under way, how far it is, and a way to stop it. It has a fixed place, so nothing moves. */
export class WorkBar {
  readonly element: HTMLElement;
  private readonly words = element('span', {
    class: 'work-text',
    role: 'status',
    'aria-live': 'polite',
  });
  private readonly progress = element('progress', { max: 1, 'aria-label': 'Progress' });
  private readonly cancel: HTMLButtonElement;

  constructor({ tell }: Pick<Actions, 'tell'>) {
    this.cancel = button('Cancel', () => tell('cancelWork'), { kind: 'secondary small' });
    this.element = element('div', { class: 'work' }, this.progress, this.words, this.cancel);
  }

  update(work: Work | undefined): void {
    // The words are a live region: written only when they change, or every step would be read out.
    const words = work?.what ?? '';
    if (this.words.textContent !== words) this.words.textContent = words;
    this.element.classList.toggle('idle', !work);
    this.cancel.hidden = !work?.cancellable;
    this.progress.hidden = !work;
    if (work?.fraction === undefined) this.progress.removeAttribute('value');
    else this.progress.value = work.fraction;
  }
}
