import type { Network } from '../../network/network';
import type { ExplanationMethod } from '../../protocol/explanation';
import type { SanityCheck, SanityRow, SanityStep } from '../../protocol/sanityCheck';
import { methodWords } from './methodWords';

/** From here on a map counts as the same: half of its order is left. */
const staysFrom = 0.5;

/** What a map shows that stays while layers become random, where more is known of a method than that. */
const showsInstead: { readonly [M in ExplanationMethod]?: string } = {
  guidedBackprop: 'it shows edges, not reasons',
  deconvnet: 'it shows edges, not reasons',
  gradientXInput: 'it shows the picture’s own values more than reasons',
};

type Steps = Extract<SanityRow, { readonly steps: unknown }>['steps'];

/** How much of the unchanged map is left: the larger of both correlations; NaN where there is none. */
export function leftOf({ values, magnitudes }: SanityStep): number {
  return Math.max(values ?? magnitudes ?? NaN, magnitudes ?? values ?? NaN);
}

/** Whether a map counts as unchanged. */
export function stays(step: SanityStep): boolean {
  return leftOf(step) >= staysFrom;
}

/** `fc8`, `fc7+`, … `conv1+`: the layer next to the picture that is random, and whether others behind it are. */
export function stageTitles(
  { stages }: Pick<SanityCheck, 'stages'>,
  network: Network,
): readonly string[] {
  return stages.map((stage, at) => `${firstOf(stage, network)}${at === 0 ? '' : '+'}`);
}

/** The one that runs first. */
function firstOf(stage: readonly string[], { layers }: Network): string {
  return layers.find(({ name }) => stage.includes(name))?.name ?? '';
}

/** What became of a method's map, in a sentence; undefined before any layer was random. */
export function sanityVerdict(
  row: Extract<SanityRow, { readonly steps: unknown }>,
  { stages }: Pick<SanityCheck, 'stages'>,
  network: Network,
): string | undefined {
  const { method, steps } = row;
  if (steps.length === 0) return undefined;
  const layer = (at: number): string => firstOf(stages[at] ?? [], network);
  const changed = steps.findIndex((step) => !stays(step));
  const map = `${methodWords[method].title}’s map`;
  if (changed === 0)
    return `${map} changes as soon as ${layer(0)} is random (${left(steps, 0)}): it depends on what the network learned.`;
  const last = (changed < 0 ? steps.length : changed) - 1;
  const isAll = last === stages.length - 1;
  const random = isAll
    ? 'all layers are random'
    : last === 0
      ? `${layer(0)} is random`
      : `everything behind ${layer(last + 1)} is random`;
  const instead = showsInstead[method] ?? 'what the network learned there does not show in it';
  return `${map} stays the same (${left(steps, last)}) when ${random}: ${instead}.`;
}

function left(steps: Steps, at: number): string {
  const step = steps[at];
  return step ? correlationWords(leftOf(step)) : '';
}

/** `0.83`, `−0.2`, or `no order` where a map is the same throughout. */
export function correlationWords(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return 'none';
  return value.toFixed(2).replace('-', '−');
}
