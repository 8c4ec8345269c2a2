import type { PanelTraining } from '../../protocol/training';
import { button, element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import type { Actions } from '../state/actions';
import { paceWords, stateWords } from './trainWords';

const ways = ['pause', 'resume', 'stop', 'use', 'evaluate', 'again', 'close'] as const;
type Way = (typeof ways)[number];
type Status = PanelTraining['status'];

/** Ways on, by where a training stands; those in `learnedOnly` need something that was learned. */
const offered: Readonly<Record<Status, readonly Way[]>> = {
  asking: [],
  preparing: ['stop'],
  running: ['pause', 'stop'],
  paused: ['resume', 'stop', 'use', 'evaluate'],
  done: ['use', 'evaluate', 'again', 'close'],
  stopped: ['use', 'evaluate', 'again', 'close'],
  failed: ['use', 'evaluate', 'again', 'close'],
};
const learnedOnly: readonly Way[] = ['use', 'evaluate'];

/** Above a training: what is trained on what, how far it is, and ways on. */
export class TrainHead {
  readonly element: HTMLElement;
  private readonly title = element('h2', { class: 'train-title' });
  private readonly progress = element('progress', { max: 1, 'aria-label': 'Steps done' });
  private readonly state = element('span', { class: 'train-state' });
  private readonly pace = element('span', { class: 'quiet' });
  private readonly line: HTMLElement;
  private readonly tools = element('div', { class: 'train-tools' });
  private readonly buttons: Readonly<Record<Way, HTMLButtonElement>>;
  private readonly changed = dirtyCheck();
  private begun: number | undefined;

  /** `again` hears that a person wants other settings. */
  constructor({ tell }: Pick<Actions, 'tell'>, again: () => void) {
    const ofThis = (method: 'useTrained' | 'evaluateTrained'): void => {
      if (this.begun !== undefined) tell(method, { begun: this.begun });
    };
    const small = 'secondary small';
    this.buttons = {
      pause: button('Pause', () => tell('pauseTraining'), { kind: small }),
      resume: button('Resume', () => tell('resumeTraining'), { kind: 'primary small' }),
      stop: button('Stop', () => tell('stopTraining'), {
        kind: small,
        title: 'Ends it; what was learned stays',
      }),
      use: button('Use this network', () => ofThis('useTrained'), { kind: 'primary small' }),
      evaluate: button('Evaluate on the held-out pictures', () => ofThis('evaluateTrained'), {
        kind: small,
      }),
      again: button('Train again…', again, {
        kind: small,
        title: 'On the same pictures, with other settings',
      }),
      close: button('Close', () => tell('closeTraining'), { kind: small }),
    };
    this.tools.append(...ways.map((way) => this.buttons[way]));
    this.line = element('div', { class: 'train-line' }, this.state, this.pace);
    this.element = element(
      'div',
      { class: 'train-head' },
      this.title,
      this.tools,
      this.progress,
      this.line,
    );
  }

  /** `isAsking`: the settings are shown, of a training that is over too. */
  update(training: PanelTraining, network: string, isAsking: boolean): void {
    const { begun, folder, status, step, steps, prepared, learned } = training;
    this.begun = begun;
    put(this.title, `Train ${network} on ${folder}`);
    put(this.state, stateWords(training));
    put(this.pace, paceWords(training));
    for (const each of [this.progress, this.line, this.tools]) each.hidden = isAsking;
    const share = status === 'preparing' ? prepared : steps > 0 ? step / steps : 0;
    if (share === undefined) this.progress.removeAttribute('value');
    else this.progress.value = share;
    this.progress.setAttribute(
      'aria-label',
      status === 'preparing' ? 'Pictures decoded' : 'Steps done',
    );
    // One way is the first.
    this.buttons.use.classList.toggle('primary', status !== 'paused');
    this.buttons.use.classList.toggle('secondary', status === 'paused');
    if (this.changed(status, learned === undefined)) this.offer(status, learned !== undefined);
  }

  private offer(status: Status, hasLearned: boolean): void {
    const held = ways.find((way) => this.buttons[way] === document.activeElement);
    for (const way of ways) {
      const isOffered = offered[status].includes(way);
      this.buttons[way].hidden = !isOffered || (learnedOnly.includes(way) && !hasLearned);
    }
    // What had the keyboard is gone: it goes on at the first way that there is.
    if (held === undefined || !this.buttons[held].hidden) return;
    ways
      .map((way) => this.buttons[way])
      .find((each) => !each.hidden)
      ?.focus();
  }
}

function put(place: HTMLElement, words: string): void {
  if (place.textContent !== words) place.textContent = words;
}
