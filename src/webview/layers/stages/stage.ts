/** What is known after one step of an explanation, and how a person would say it. */
export interface Step {
  readonly words: string;
  readonly total: number;
}

/** A part of an explanation, such as adding the bias: one step or many. */
export interface Stage {
  readonly id: StageId;
  readonly title: string;
  readonly steps: readonly Step[];
  /** The input channel whose products these are. */
  readonly channel?: number;
  /** Numbers to look at: a row for each step. */
  readonly table?: StageTable;
}

export type StageId =
  | 'products'
  | 'channels'
  | 'terms'
  | 'compare'
  | 'squares'
  | 'exponentials'
  | 'one'
  | 'value';

export interface StageTable {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A stage of a single step. */
export function oneStep(title: string, total: number, words: string): Stage {
  return { id: 'one', title, steps: [{ words, total }] };
}

/** How far a person has come: a stage and a step of it. */
export interface Progress {
  readonly stage: number;
  readonly step: number;
}

export function stepCount(stages: readonly Stage[]): number {
  return stages.reduce((sum, { steps }) => sum + steps.length, 0);
}

/** Where the step of this number is, counted over all stages; the ends where it is past them. */
export function progressAt(stages: readonly Stage[], number: number): Progress {
  let left = Math.max(0, number);
  for (const [stage, { steps }] of stages.entries()) {
    if (left < steps.length) return { stage, step: left };
    left -= steps.length;
  }
  const stage = Math.max(0, stages.length - 1);
  return { stage, step: Math.max(0, (stages[stage]?.steps.length ?? 0) - 1) };
}

/** The number of a step, counted over all stages. */
export function stepNumber(stages: readonly Stage[], { stage, step }: Progress): number {
  return stepCount(stages.slice(0, stage)) + step;
}

/** What a stage has come to: undefined before it began. */
export function totalAt(stages: readonly Stage[], at: Progress, stage: number): number | undefined {
  if (stage > at.stage) return undefined;
  const steps = stages[stage]?.steps;
  return (stage === at.stage ? steps?.[at.step] : steps?.at(-1))?.total;
}
