import type { PanelEvaluation } from '../../protocol/evaluation';
import { progressWords } from '../../protocol/evaluationWords';
import { button, element } from '../draw/element';
import type { Actions } from '../state/actions';

/** Above an evaluation: what is evaluated on what, how far it is, and ways on. */
export class EvaluateHead {
  readonly element: HTMLElement;
  private readonly title = element('h2', { class: 'evaluate-title' });
  private readonly words = element('span', { class: 'evaluate-progress' });
  private readonly progress = element('progress', { max: 1, 'aria-label': 'Pictures done' });
  private readonly running: HTMLElement;
  private readonly stop: HTMLButtonElement;

  constructor({ tell }: Pick<Actions, 'tell'>) {
    const small = 'secondary small';
    this.stop = button('Stop', () => tell('stopEvaluation'), {
      kind: small,
      title: 'What is done stays',
    });
    this.running = element(
      'div',
      { class: 'evaluate-running' },
      this.progress,
      this.words,
      this.stop,
    );
    const tools = element(
      'div',
      { class: 'evaluate-tools' },
      button('Export CSV…', () => tell('exportEvaluation'), {
        kind: small,
        title: 'Every picture with its true class and the first five',
      }),
      button('Evaluate another folder…', () => tell('evaluate'), { kind: small }),
    );
    this.element = element('div', { class: 'evaluate-head' }, this.title, this.running, tools);
  }

  update(evaluation: PanelEvaluation): void {
    const { folder, network, weights, status, done, pictures } = evaluation;
    const title = `${network} with ${weights} on ${folder}`;
    if (this.title.textContent !== title) this.title.textContent = title;
    this.running.hidden = status !== 'running';
    this.words.textContent = progressWords(evaluation);
    this.progress.value = done / pictures;
  }
}
