import type { Network } from '../../network/network';
import { learningLayers } from '../../protocol/learningLayers';
import type {
  Augmentation,
  OptimiserSettings,
  Schedule,
  TrainingSettings,
} from '../../protocol/training';
import { formatCount } from '../draw/numberFormat';
import {
  type CheckId,
  type ChoiceId,
  type FieldId,
  type NumberId,
  type NumberRule,
  numberRules,
} from './settingsFields';

/** What stands in the fields: numbers and choices as text, checks as they are. */
export type TrainingDraft = Readonly<Record<NumberId | ChoiceId, string>> &
  Readonly<Record<CheckId, boolean>>;

/** The settings of a draft, or a sentence for each field that has none. */
export type DraftReading =
  | { readonly settings: TrainingSettings }
  | { readonly problems: ReadonlyMap<FieldId, string> };

/** What fields hold that the settings say nothing of, until they are shown. */
const others = {
  every: '10',
  factor: '0.1',
  warmUp: '30',
  momentum: '0.9',
  nesterov: true,
  beta1: '0.9',
  beta2: '0.999',
  epsilon: '1e-7',
  formula: 'pytorch',
  cropArea: '50',
} as const;

/** A part is stretched no further than this. */
const usualAspect = [3 / 4, 4 / 3] as const;

/** A rate that suits a rule of its own accord; a person's own choice is left alone. */
const usualRates: Readonly<Record<string, string>> = { sgd: '0.01', adam: '0.001' };

/** The settings as the fields show them. */
export function draftOf(settings: TrainingSettings, network: Network): TrainingDraft {
  const { start, learning, epochs, batch, schedule, optimiser, augmentation } = settings;
  const { weightDecay } = optimiser;
  return {
    ...others,
    start,
    learning: learning.kind,
    layer: learning.kind === 'from' ? learning.layer : firstDense(network),
    epochs: String(epochs),
    batch: String(batch),
    rate: String(schedule.rate),
    schedule: schedule.kind,
    ...(schedule.kind === 'step' && {
      every: String(schedule.every),
      factor: String(schedule.factor),
    }),
    ...(schedule.kind === 'oneCycle' && { warmUp: percentOf(schedule.warmUp) }),
    optimiser: optimiser.kind,
    ...(optimiser.kind === 'sgd'
      ? { momentum: String(optimiser.momentum), nesterov: optimiser.nesterov }
      : {
          beta1: String(optimiser.beta1),
          beta2: String(optimiser.beta2),
          epsilon: String(optimiser.epsilon),
          formula: optimiser.formula,
        }),
    weightDecay: String(weightDecay),
    crop: augmentation.crop !== undefined,
    ...(augmentation.crop && { cropArea: percentOf(augmentation.crop.area[0]) }),
    flip: augmentation.flip,
    colour: percentOf(augmentation.colour),
    heldOut: percentOf(settings.heldOut),
    seed: String(settings.seed),
  };
}

function firstDense(network: Network): string {
  const dense = network.layers.find(({ kind }) => kind === 'Dense')?.name;
  return dense ?? [...learningLayers(network, { kind: 'classifier' })].join();
}

/** Fields that only some choices have, and whether these are made. */
const dependent: Readonly<Partial<Record<FieldId, (draft: TrainingDraft) => boolean>>> = {
  layer: ({ learning }) => learning === 'from',
  every: ({ schedule }) => schedule === 'step',
  factor: ({ schedule }) => schedule === 'step',
  warmUp: ({ schedule }) => schedule === 'oneCycle',
  momentum: ({ optimiser }) => optimiser === 'sgd',
  nesterov: ({ optimiser }) => optimiser === 'sgd',
  beta1: ({ optimiser }) => optimiser === 'adam',
  beta2: ({ optimiser }) => optimiser === 'adam',
  epsilon: ({ optimiser }) => optimiser === 'adam',
  formula: ({ optimiser }) => optimiser === 'adam',
  cropArea: ({ crop }) => crop,
};

/** Whether a field counts with the choices of a draft. */
export function isAsked(id: FieldId, draft: TrainingDraft): boolean {
  return dependent[id]?.(draft) ?? true;
}

/** The draft once another optimiser was chosen: with its usual rate, unless the person had one of their own. */
export function afterOptimiser(draft: TrainingDraft, before: string): TrainingDraft {
  const rate = usualRates[draft.optimiser];
  return rate !== undefined && draft.rate === usualRates[before] ? { ...draft, rate } : draft;
}

/** Reads the fields; `kept` has what no field says. */
export function readDraft(draft: TrainingDraft, kept: TrainingSettings): DraftReading {
  const problems = new Map<FieldId, string>();
  const values = new Map<NumberId, number>();
  for (const [id, rule] of Object.entries(numberRules) as [NumberId, NumberRule][]) {
    if (!isAsked(id, draft)) continue;
    const value = readNumber(draft[id], rule);
    if (typeof value === 'string') problems.set(id, value);
    else values.set(id, value);
  }
  if (problems.size > 0) return { problems };
  const number = (id: NumberId): number => values.get(id) ?? 0;
  return {
    settings: {
      documentId: kept.documentId,
      start: draft.start === 'fresh' ? 'fresh' : 'loaded',
      learning: learningOf(draft),
      epochs: number('epochs'),
      batch: number('batch'),
      schedule: scheduleOf(draft, number),
      optimiser: optimiserOf(draft, number),
      augmentation: augmentationOf(draft, number, kept.augmentation),
      heldOut: number('heldOut'),
      seed: number('seed'),
    },
  };
}

type NumberOf = (id: NumberId) => number;

function learningOf({ learning, layer }: TrainingDraft): TrainingSettings['learning'] {
  if (learning === 'from') return { kind: 'from', layer };
  return { kind: learning === 'classifier' ? 'classifier' : 'all' };
}

function scheduleOf({ schedule }: TrainingDraft, number: NumberOf): Schedule {
  const rate = number('rate');
  if (schedule === 'step') {
    return { kind: 'step', rate, every: number('every'), factor: number('factor') };
  }
  if (schedule === 'oneCycle') return { kind: 'oneCycle', rate, warmUp: number('warmUp') };
  return { kind: schedule === 'cosine' ? 'cosine' : 'constant', rate };
}

function optimiserOf(
  { optimiser, nesterov, formula }: TrainingDraft,
  number: NumberOf,
): OptimiserSettings {
  const weightDecay = number('weightDecay');
  if (optimiser === 'sgd') {
    return { kind: 'sgd', momentum: number('momentum'), nesterov, weightDecay };
  }
  return {
    kind: 'adam',
    beta1: number('beta1'),
    beta2: number('beta2'),
    epsilon: number('epsilon'),
    formula: formula === 'keras' ? 'keras' : 'pytorch',
    weightDecay,
  };
}

function augmentationOf(
  { crop, flip }: TrainingDraft,
  number: NumberOf,
  kept: Augmentation,
): Augmentation {
  const aspect = kept.crop?.aspect ?? usualAspect;
  const most = kept.crop?.area[1] ?? 1;
  return {
    ...(crop && { crop: { area: [Math.min(number('cropArea'), most), most], aspect } }),
    flip,
    colour: number('colour'),
  };
}

/** The number, or a sentence that says which ones would do. */
function readNumber(text: string, rule: NumberRule): number | string {
  const { min, max, whole = false, percent = false, above = false } = rule;
  const typed = text.trim().replace(/\s*%$/, '').replace(',', '.').replace('−', '-');
  const value = typed === '' ? NaN : Number(typed);
  const fits =
    value >= min &&
    value <= max &&
    !(above && value === min) &&
    !(whole && !Number.isInteger(value));
  if (fits) return percent ? value / 100 : value;
  const instead = text.trim() === '' ? '' : ` instead of “${text.trim()}”`;
  return `Give ${rangeWords(rule)}${instead}.`;
}

/** `a whole number from 1 to 1,024`. */
function rangeWords({ min, max, whole, percent, above }: NumberRule): string {
  const what = whole ? 'a whole number' : percent ? 'a percentage' : 'a number';
  const from = above ? `above ${formatCount(min)}, up to` : `from ${formatCount(min)} to`;
  return `${what} ${from} ${max < 1 ? String(max) : formatCount(max)}`;
}

/** Without the noise of a product: 0.07 is 7, not 7.000000000000001. */
function percentOf(share: number): string {
  return String(Number((100 * share).toPrecision(10)));
}
