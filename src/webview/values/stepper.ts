import { button, element } from '../draw/element';
import { itemAfterKey } from '../draw/gridKeys';
import { formatCount } from '../draw/numberFormat';
import {
  progressAt,
  stepCount,
  stepNumber,
  type Progress,
  type Stage,
} from '../layers/stages/stage';
import { Player, speeds, type Speed } from './player';
import { StageList } from './stageList';

/** Walks through the steps of an explanation: by buttons, by keys, or by itself. */
export class Stepper {
  /** Play, back, next, and what the step does. */
  readonly controls: HTMLElement;
  /** What each stage comes to. */
  readonly results: HTMLElement;
  private readonly words = element('p', { class: 'step-words' });
  private readonly count = element('span', { class: 'quiet step-count' });
  private readonly play = button('Play', () => this.toggle(), { class: 'button secondary play' });
  private readonly back = button('Back', () => this.stop(this.number - 1));
  private readonly next = button('Next', () => this.stop(this.number + 1));
  private readonly speed = speedSelect((speed) => this.player.setSpeed(speed));
  private readonly list = new StageList((stage) =>
    this.stop(stepNumber(this.stages, { stage, step: 0 })),
  );
  private readonly player = new Player(
    () => this.tick(),
    () => this.draw(),
  );
  private readonly calm = matchMedia('(prefers-reduced-motion: reduce)');
  private stages: readonly Stage[] = [];
  private number = 0;

  /** `onStep` is told how far the steps have come, to show it. */
  constructor(private readonly onStep: (at: Progress) => void) {
    const tools = element(
      'div',
      { class: 'step-tools', role: 'group', 'aria-label': 'Steps' },
      this.play,
      this.back,
      this.next,
      this.speed,
      this.count,
    );
    this.controls = element('div', { class: 'stepper' }, tools, this.words);
    this.results = this.list.element;
    for (const part of [this.controls, this.results]) {
      part.addEventListener('keydown', (event) => this.key(event));
    }
    this.calm.addEventListener('change', () => {
      this.player.pause();
      this.draw();
    });
  }

  /** Shows other steps: from the end, or where the person was when `stay`. */
  show(stages: readonly Stage[], stay: boolean): void {
    const wasAtEnd = this.number >= stepCount(this.stages) - 1;
    this.stages = stages;
    const last = stepCount(stages) - 1;
    this.number = stay && !wasAtEnd ? Math.min(this.number, last) : last;
    if (!stay) this.player.pause();
    this.draw();
  }

  /** Goes to a step; playing goes on from there. */
  go(number: number): void {
    this.number = Math.min(stepCount(this.stages) - 1, Math.max(0, number));
    this.draw();
  }

  pause(): void {
    this.player.pause();
  }

  /** Goes to a step and pauses there, because the person chose it. */
  stop(number: number): void {
    this.player.pause();
    this.go(number);
  }

  private toggle(): void {
    if (this.player.playing) {
      this.player.pause();
      return;
    }
    if (this.number >= stepCount(this.stages) - 1) this.go(0);
    this.player.play();
  }

  private tick(): boolean {
    // A tab or pane that was closed meanwhile has no place on the page.
    if (this.controls.offsetParent === null) return false;
    this.go(this.number + 1);
    return this.number < stepCount(this.stages) - 1;
  }

  private key(event: KeyboardEvent): void {
    if (event.target instanceof HTMLSelectElement || event.ctrlKey || event.metaKey) return;
    const target = itemAfterKey(event.key, this.number, { count: stepCount(this.stages) });
    if (target === undefined && event.key !== 'p') return;
    event.preventDefault();
    event.stopPropagation();
    if (target !== undefined) this.stop(target);
    else if (!this.calm.matches) this.toggle();
  }

  private draw(): void {
    const at = progressAt(this.stages, this.number);
    const { playing } = this.player;
    this.play.textContent = playing ? 'Pause' : 'Play';
    this.play.hidden = this.calm.matches;
    this.speed.hidden = this.calm.matches;
    const last = stepCount(this.stages) - 1;
    this.count.textContent = `${formatCount(this.number + 1)} of ${formatCount(last + 1)}`;
    disable(this.back, this.number === 0);
    disable(this.next, this.number === last);
    this.words.setAttribute('aria-live', playing ? 'off' : 'polite');
    this.words.textContent = this.stages[at.stage]?.steps[at.step]?.words ?? '';
    this.list.update(this.stages, at);
    this.onStep(at);
  }
}

/** Not the attribute `disabled`: that would take the keyboard away from a person who came to the end. */
function disable(target: HTMLButtonElement, disabled: boolean): void {
  target.setAttribute('aria-disabled', String(disabled));
}

function speedSelect(onPick: (speed: Speed) => void): HTMLSelectElement {
  const names = Object.keys(speeds) as Speed[];
  const select = element(
    'select',
    { class: 'select', 'aria-label': 'Speed' },
    ...names.map((name) => element('option', { value: name, selected: name === 'normal' }, name)),
  );
  select.addEventListener('change', () => {
    const speed = names.find((name) => name === select.value);
    if (speed) onPick(speed);
  });
  return select;
}
