import type { Network } from '../../network/network';
import { learningLayers } from '../../protocol/learningLayers';
import type { TrainingSettings } from '../../protocol/training';
import { element } from '../draw/element';
import { dirtyCheck, settled } from '../draw/redraw';
import { checkControl, choiceControl, FormRow, numberControl, offer } from './formRow';
import { RateCurve } from './rateCurve';
import {
  afterOptimiser,
  draftOf,
  type DraftReading,
  isAsked,
  readDraft,
  type TrainingDraft,
} from './settingsDraft';
import {
  type CheckId,
  checkRules,
  type ChoiceId,
  choiceRules,
  type FieldId,
  type NumberId,
  type NumberRule,
  numberRules,
} from './settingsFields';

/** Long enough to type a number, short enough to see what it costs. */
const pauseMilliseconds = 400;

const first = ['start', 'learning', 'layer', 'epochs', 'batch', 'rate'] as const;
const groups: Readonly<Record<string, readonly FieldId[]>> = {
  'Learning rate over the steps': ['schedule', 'every', 'factor', 'warmUp'],
  Optimiser: [
    ...(['optimiser', 'momentum', 'nesterov'] as const),
    ...(['beta1', 'beta2', 'epsilon', 'formula', 'weightDecay'] as const),
  ],
  'Pictures are varied': ['crop', 'cropArea', 'flip', 'colour'],
  Chance: ['heldOut', 'seed'],
};

interface FormOptions {
  /** Hears settings that can be trained with, once typing has come to rest. */
  readonly onChange: (settings: TrainingSettings) => void;
}

/** What a person decides before a training: a few fields, the rest behind More. */
export class SettingsForm {
  readonly element: HTMLElement;
  private readonly rows = new Map<FieldId, FormRow>();
  private readonly more: HTMLDetailsElement;
  private readonly curve = new RateCurve();
  private readonly layersChanged = dirtyCheck();
  private readonly submit = settled(() => this.settle(), pauseMilliseconds);
  private kept: TrainingSettings | undefined;
  private optimiser = '';
  /** Settings that are known here: an echo of them changes no field, as more may have been typed since. */
  private known = new Set<string>();

  constructor(private readonly options: FormOptions) {
    for (const row of makeRows()) this.rows.set(row.control.name as FieldId, row);
    const parts = Object.entries(groups).map(([title, ids]) => this.group(title, ids));
    parts[0]?.append(this.curve.element);
    const summary = element('summary', {}, 'More');
    this.more = element('details', { class: 'train-more' }, summary, ...parts);
    const fields = element('div', { class: 'train-fields' }, ...this.elementsOf(first));
    this.element = element(
      'form',
      { class: 'train-form', 'aria-label': 'Settings' },
      fields,
      this.more,
    );
    this.element.addEventListener('submit', (event) => event.preventDefault());
    this.element.addEventListener('input', () => {
      this.follow();
      this.submit.soon();
    });
    this.element.addEventListener('change', ({ target }) => {
      // Choices are waited for too: the arrows walk through all of them.
      if (target instanceof HTMLInputElement) this.submit.now();
    });
  }

  /** Shows the host's settings, unless they are what was typed here. `isOther`: of another training. */
  update(settings: TrainingSettings, network: Network, isOther: boolean): void {
    if (isOther) this.known = new Set();
    this.offerLayers(network);
    const key = JSON.stringify(settings);
    if (this.known.has(key)) return;
    this.known.add(key);
    this.kept = settings;
    this.submit.never();
    this.write(draftOf(settings, network));
  }

  /** Where the folder holds pictures out itself, no share is asked for. */
  holdsOut(asked: boolean): void {
    this.rows.get('heldOut')?.show(asked);
  }

  /** The settings as they stand, or undefined once the keyboard is at the field that is refused. */
  take(): TrainingSettings | undefined {
    this.submit.never();
    const reading = this.read();
    if (!reading) return undefined;
    if ('settings' in reading) return reading.settings;
    const [refused] = reading.problems.keys();
    const row = refused && this.rows.get(refused);
    if (row && this.more.contains(row.element)) this.more.open = true;
    row?.control.focus();
    return undefined;
  }

  private group(title: string, ids: readonly FieldId[]): HTMLElement {
    return element('fieldset', {}, element('legend', {}, title), ...this.elementsOf(ids));
  }

  private elementsOf(ids: readonly FieldId[]): readonly HTMLElement[] {
    return ids.flatMap((id) => this.rows.get(id)?.element ?? []);
  }

  private offerLayers(network: Network): void {
    const control = this.rows.get('layer')?.control;
    if (!this.layersChanged(network) || !(control instanceof HTMLSelectElement)) return;
    const layers = [...learningLayers(network, { kind: 'all' })];
    offer(control, Object.fromEntries(layers.map((layer) => [layer, layer])));
  }

  private write(draft: TrainingDraft): void {
    for (const [id, value] of Object.entries(draft)) {
      const control = this.rows.get(id as FieldId)?.control;
      if (!control) continue;
      if (typeof value === 'string') control.value = value;
      else if (control instanceof HTMLInputElement) control.checked = value;
    }
    this.optimiser = draft.optimiser;
    this.read();
  }

  /** What follows from a choice at once: the fields that it has, another usual rate. */
  private follow(): void {
    const draft = this.draft();
    const rate = this.rows.get('rate')?.control;
    if (rate) rate.value = afterOptimiser(draft, this.optimiser).rate;
    this.optimiser = draft.optimiser;
    this.read();
  }

  private read(): DraftReading | undefined {
    if (!this.kept) return undefined;
    const draft = this.draft();
    const reading = readDraft(draft, this.kept);
    const problems = 'problems' in reading ? reading.problems : undefined;
    for (const [id, row] of this.rows) {
      if (id !== 'heldOut') row.show(isAsked(id, draft));
      row.refuse(problems?.get(id));
    }
    if ('settings' in reading)
      this.curve.update(reading.settings.schedule, reading.settings.epochs);
    return reading;
  }

  private settle(): void {
    const reading = this.read();
    if (!reading || !('settings' in reading)) return;
    const key = JSON.stringify(reading.settings);
    if (key === JSON.stringify(this.kept)) return;
    this.kept = reading.settings;
    this.known.add(key);
    this.options.onChange(reading.settings);
  }

  private draft(): TrainingDraft {
    const values = [...this.rows].map(([id, { control }]) => [
      id,
      control instanceof HTMLInputElement && control.type === 'checkbox'
        ? control.checked
        : control.value,
    ]);
    return Object.fromEntries(values) as TrainingDraft;
  }
}

function makeRows(): readonly FormRow[] {
  const numbers = (Object.entries(numberRules) as [NumberId, NumberRule][]).map(
    ([id, rule]) =>
      new FormRow(id, numberControl(rule.whole ?? false), {
        ...rule,
        ...(rule.percent && { unit: '%' }),
      }),
  );
  const choices = Object.entries(choiceRules).map(
    ([id, rule]) => new FormRow(id as ChoiceId, choiceControl(rule.options), rule),
  );
  const checks = Object.entries(checkRules).map(
    ([id, rule]) => new FormRow(id as CheckId, checkControl(), rule),
  );
  return [...numbers, ...choices, ...checks];
}
