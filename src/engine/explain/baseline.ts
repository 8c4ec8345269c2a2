import type { Preprocess } from '../../network/preprocess/preprocess';
import { sameShape, formatShape } from '../../network/tensor/shape';
import type { Explanation, ExplanationBaseline } from '../../protocol/explanation';
import type { StoredRun } from '../run/runStore';
import { EngineError } from '../runtime/engineError';
import { inputName } from '../../network/network';
import type { MethodContext } from './method';
import type { ExplanationMethod } from '../../protocol/explanation';
import { valueOf } from './target';
import { runVariants } from './variants';

/** A picture without the cause, in the network's own input space; its colour where it has one. */
export interface Baseline {
  readonly data: Float32Array;
  readonly rgb?: readonly [number, number, number];
}

/** The values of a baseline for a run's picture; `runOf` finds another kept run. */
export function baselineOf(
  { input, preprocess }: StoredRun,
  baseline: ExplanationBaseline,
  runOf: (runId: number) => StoredRun,
): Baseline {
  if (baseline === 'zero')
    return { data: new Float32Array(input.data.length), rgb: colourOfZero(preprocess) };
  if ('rgb' in baseline) {
    const colour = inputColour(baseline.rgb, preprocess);
    const data = Float32Array.from(input.data, (_, at) => colour[at % colour.length] ?? 0);
    return { data, rgb: baseline.rgb };
  }
  const other = runOf(baseline.runId).input;
  if (sameShape(other.shape, input.shape)) return { data: other.data };
  throw new EngineError(
    `run ${baseline.runId} saw ${formatShape(other.shape)}, which is no baseline for ${formatShape(input.shape)}`,
  );
}

/** The target's value on a baseline. */
export async function baselineValue(
  context: MethodContext<ExplanationMethod>,
  { data, rgb }: Baseline,
): Promise<NonNullable<Explanation['baseline']>> {
  const from = inputName(context.model.network);
  let value = NaN;
  await runVariants(
    context,
    { from, count: 1, change: (values) => values.set(data), what: 'baseline' },
    (_, values) => (value = valueOf(context.target, values)),
  );
  return { value, ...(rgb && { rgb }) };
}

/** What the network's zero looks like, from 0 to 255. */
function colourOfZero({ order, scale, mean }: Preprocess): readonly [number, number, number] {
  return inOrder(
    order,
    [0, 1, 2].map((channel) => (mean[channel] ?? 0) / scale),
  );
}

function inputColour(
  rgb: readonly [number, number, number],
  { order, scale, mean, std }: Preprocess,
): readonly number[] {
  return inOrder(order, rgb).map(
    (value, channel) => (value * scale - (mean[channel] ?? 0)) / (std[channel] ?? 1),
  );
}

/** From red, green, blue to the network's order, or back. */
function inOrder(
  order: Preprocess['order'],
  [first = 0, second = 0, third = 0]: readonly number[],
): readonly [number, number, number] {
  return order === 'RGB' ? [first, second, third] : [third, second, first];
}
