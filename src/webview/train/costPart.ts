import { durationWords } from '../../protocol/evaluationWords';
import type { TrainingCost, TrainingData, TrainingSettings } from '../../protocol/training';
import { element } from '../draw/element';
import { formatBytes, formatCount, formatMilliseconds } from '../draw/numberFormat';
import { type Resource, ResourceNote } from '../draw/resource';
import { explained } from '../draw/term';

/** What a training will take, before it starts. */
export class CostPart {
  readonly element: HTMLElement;
  private readonly values: ReadonlyMap<CostTerm, HTMLElement>;
  private readonly note: ResourceNote;
  private readonly list: HTMLElement;
  private readonly measuring = element('p', { class: 'quiet', role: 'status' });

  constructor(askAgain: () => void) {
    this.note = new ResourceNote(askAgain);
    this.values = new Map(costTerms.map((term) => [term, element('dd')]));
    const rows = [...this.values].map(([term, value]) =>
      element('div', { class: 'fact' }, element('dt', {}, explained(term)), value),
    );
    this.list = element('dl', { class: 'facts' }, ...rows);
    this.element = element(
      'div',
      { class: 'train-cost' },
      this.list,
      this.measuring,
      this.note.element,
    );
  }

  /** The last cost stays, dimmed, until the next one is there, also where that could not be measured. */
  update(got: Resource<TrainingCost>, of: CostOf): void {
    const isReady = got.status === 'ready';
    this.list.setAttribute('aria-busy', String(got.status === 'loading'));
    this.list.classList.toggle('train-dimmed', !isReady);
    const said =
      got.status === 'loading'
        ? 'Measuring a step…'
        : isReady
          ? 'From a step that was measured here.'
          : '';
    if (this.measuring.textContent !== said) this.measuring.textContent = said;
    this.measuring.hidden = got.status === 'failed';
    this.note.update(got.status === 'failed' ? got : undefined, 'what it costs');
    this.put('Pictures', splitWords(of));
    if (!isReady) return;
    for (const [term, words] of Object.entries(costWords(got.value, of))) {
      this.put(term as CostTerm, words);
    }
  }

  private put(term: CostTerm, words: string): void {
    const value = this.values.get(term);
    if (value && value.textContent !== words) value.textContent = words;
  }
}

const costTerms = ['Pictures', 'Steps', 'Time', 'Memory', 'Disk', 'Parameters that learn'] as const;
type CostTerm = (typeof costTerms)[number];

export interface CostOf {
  readonly settings: TrainingSettings;
  readonly data: TrainingData;
}

/** `48 learned from, 12 held out`. */
export function splitWords({ settings, data }: CostOf): string {
  const held = data.ownHeldOut ?? Math.round(settings.heldOut * data.pictures);
  const learned = data.ownHeldOut === undefined ? data.pictures - held : data.pictures;
  const words = `${formatCount(learned)} to learn from`;
  return held === 0 ? words : `${words}, ${formatCount(held)} held out`;
}

/** What a cost says, by term. */
export function costWords(
  cost: TrainingCost,
  { settings }: Pick<CostOf, 'settings'>,
): Readonly<Partial<Record<CostTerm, string>>> {
  const { steps, secondsPerStep, seconds, memoryBytes, diskBytes, learnedParameters } = cost;
  const perEpoch = Math.round(steps / settings.epochs);
  const step =
    secondsPerStep < 1
      ? formatMilliseconds(1000 * secondsPerStep)
      : `${secondsPerStep.toFixed(1)} s`;
  return {
    Steps: `${formatCount(steps)}, ${formatCount(perEpoch)} in an epoch`,
    Time: `${durationWords(seconds)}, ${step} a step`,
    Memory: formatBytes(memoryBytes),
    Disk: formatBytes(diskBytes),
    'Parameters that learn': formatCount(learnedParameters),
  };
}
