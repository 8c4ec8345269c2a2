import * as tf from '@tensorflow/tfjs-core';
import { inputName, layerNamed } from '../../network/network';
import { elementCount } from '../../network/tensor/shape';
import type { BuiltModel } from '../model/builtModel';
import { ranValuesOf } from '../run/runStore';
import { gradientAt } from './gradientAt';
import type { Target } from './target';
import { stepsBetween, taken, Trace, type TraceContext } from './trace';

/** What runs anew: a layer's values as the run has them, changed in as many ways. */
interface Variants {
  /** The layer whose values are changed. */
  readonly from: string;
  readonly count: number;
  /** How many, the first ones, are wanted before the others run. */
  readonly soon?: number;
  /** Changes a copy of the run's values, row-major, into those of one variant. */
  readonly change: (values: Float32Array, index: number) => void;
  /** What they are, for the progress: `window`. */
  readonly what: string;
}

interface VariantsContext extends TraceContext {
  readonly target: Target;
}

/** What variants may hold at once, in float32 values: 64 MB. */
const budget = 2 ** 24;
/** More make nothing faster. */
const mostTogether = 32;

/** Runs each variant as far as the target's layer and gives what comes out there, before its softmax. */
export async function runVariants(
  context: VariantsContext,
  variants: Variants,
  read: (index: number, values: Float32Array) => void,
  onBatch?: (fraction: number) => void,
): Promise<void> {
  const { layer } = context.target;
  await inBatches(context, variants, (trace, indices) => {
    const values = taken(trace.of(layer).clone());
    const width = values.length / indices.length;
    indices.forEach((index, at) => read(index, values.subarray(at * width, (at + 1) * width)));
    onBatch?.(((indices.at(-1) ?? 0) + 1) / variants.count);
    return Promise.resolve();
  });
}

/** Σ weight of the variant · its target's gradient to the picture, for variants of the picture. */
export async function sumOfGradients(
  context: VariantsContext,
  variants: Omit<Variants, 'from'>,
  weightOf: (index: number) => number,
): Promise<Float64Array> {
  const from = inputName(context.model.network);
  const sum = new Float64Array(context.run.input.data.length);
  await inBatches(context, { ...variants, from }, async (trace, indices) => {
    const gradient = taken(await gradientAt({ ...context, trace, to: from }));
    indices.forEach((index, at) => {
      const weight = weightOf(index);
      for (let i = 0, g = at * sum.length; i < sum.length; i++, g++)
        sum[i] = (sum[i] ?? 0) + weight * (gradient[g] ?? 0);
    });
  });
  return sum;
}

async function inBatches(
  context: VariantsContext,
  { from, count, soon = 0, change, what }: Variants,
  use: (trace: Trace, indices: readonly number[]) => Promise<void>,
): Promise<void> {
  const { model, run, target, work } = context;
  const { data, shape } = ranValuesOf(run, from);
  const together = countTogether(model, from, target.layer);
  for (const [first, end] of [...batches(0, soon, together), ...batches(soon, count, together)]) {
    work.report({ what: `${what} ${first + 1} of ${count}`, fraction: first / count });
    const indices = Array.from({ length: end - first }, (_, at) => first + at);
    const values = new Float32Array(indices.length * data.length);
    indices.forEach((index, at) => {
      const own = values.subarray(at * data.length, (at + 1) * data.length);
      own.set(data);
      change(own, index);
    });
    const tensor = tf.tensor(values, [indices.length, ...shape], 'float32');
    const trace = await Trace.through(context, { from, values: tensor, to: target.layer });
    try {
      await use(trace, indices);
    } finally {
      trace.dispose();
    }
  }
}

/** Where batches begin and end, of nearly the same size each. */
function batches(from: number, to: number, most: number): readonly (readonly [number, number])[] {
  const count = Math.ceil((to - from) / most);
  const end = (batch: number): number => from + Math.round(((to - from) * batch) / count);
  return Array.from({ length: count }, (_, batch) => [end(batch), end(batch + 1)]);
}

function countTogether(model: BuiltModel, from: string, to: string): number {
  const layers = [
    layerNamed(model.network, from),
    ...stepsBetween(model, from, to).map((step) => step.layer),
  ];
  const values = layers.reduce((sum, { outputShape }) => sum + elementCount(outputShape), 0);
  return Math.min(mostTogether, Math.max(1, Math.floor(budget / values)));
}
