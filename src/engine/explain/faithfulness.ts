import { inputName } from '../../network/network';
import { mapShape } from '../../network/tensor/cell';
import type {
  ExplanationMap,
  ExplanationMethod,
  ExplanationRecipe,
  Faithfulness,
  FaithfulnessCurve,
  FaithfulnessSettings,
} from '../../protocol/explanation';
import { baselineOf } from './baseline';
import { cellScores, spansOf } from './cellScores';
import type { MethodContext } from './method';
import { valueOf } from './target';
import { runVariants } from './variants';

/**
 * The target while the picture's cells become the baseline's in a map's order, and while they come back on it (Petsiuk, Das
 * and Saenko 2018).
 */
export function faithfulnessOf(
  context: CurvesContext,
  map: ExplanationMap,
  recipe: ExplanationRecipe,
  settings: FaithfulnessSettings,
): Promise<Faithfulness> {
  const scores = cellScores(context.run.network, map, recipe, settings.grid);
  return curvesOf(context, fallingOrder(scores), settings);
}

type CurvesContext = Pick<
  MethodContext<ExplanationMethod>,
  'model' | 'run' | 'target' | 'runOf' | 'work'
>;

/** The same of the grid's cells in an order of their own. */
export async function curvesOf(
  context: CurvesContext,
  order: readonly number[],
  { grid, perStep, baseline }: FaithfulnessSettings,
): Promise<Faithfulness> {
  const { run, target, runOf } = context;
  const [height, width, depth] = mapShape(run.input.shape);
  const base = baselineOf(run, baseline, runOf).data;
  const steps = Math.ceil(order.length / perStep);
  const [rows, columns] = [spansOf(height, grid), spansOf(width, grid)];
  const give = (picture: Float32Array, cells: readonly number[], from: Float32Array): void => {
    for (const cell of cells) {
      const [top, bottom] = rows[Math.floor(cell / grid)] ?? [0, 0];
      const [left, right] = columns[cell % grid] ?? [0, 0];
      for (let y = top; y < bottom; y++) {
        const [start, end] = [(y * width + left) * depth, (y * width + right) * depth];
        picture.set(from.subarray(start, end), start);
      }
    }
  };
  // Deletion first, then insertion.
  const change = (picture: Float32Array, index: number): void => {
    const isDeletion = index <= steps;
    const cells = order.slice(0, perStep * (isDeletion ? index : index - steps - 1));
    if (!isDeletion) picture.set(base);
    give(picture, cells, isDeletion ? base : run.input.data);
  };
  const count = 2 * (steps + 1);
  const values = new Float32Array(count);
  const probabilities = target.class === undefined ? undefined : new Float32Array(count);
  const variants = { from: inputName(run.network), count, change, what: 'faithfulness, picture' };
  await runVariants(context, variants, (index, output) => {
    values[index] = valueOf(target, output);
    if (probabilities) probabilities[index] = probabilityOf(output, target.class ?? 0);
  });
  const curve = (from: number, to: number): FaithfulnessCurve => ({
    ...curveOf(values.slice(from, to)),
    ...(probabilities && probabilityCurve(probabilities.slice(from, to))),
  });
  return { deletion: curve(0, steps + 1), insertion: curve(steps + 1, count) };
}

function fallingOrder(scores: Float64Array): readonly number[] {
  return [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
}

function curveOf(values: Float32Array): Pick<FaithfulnessCurve, 'values' | 'area'> {
  return { values, area: areaUnder(values) };
}

function probabilityCurve(
  probabilities: Float32Array,
): Pick<FaithfulnessCurve, 'probabilities' | 'probabilityArea'> {
  return { probabilities, probabilityArea: areaUnder(probabilities) };
}

/** By trapezoids, over a width of 1. */
function areaUnder(values: Float32Array): number {
  const sum = values.reduce((total, value) => total + value, 0);
  const ends = (values[0] ?? 0) + (values.at(-1) ?? 0);
  return (sum - ends / 2) / (values.length - 1);
}

function probabilityOf(logits: Float32Array, index: number): number {
  const most = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - most), 0);
  return Math.exp((logits[index] ?? NaN) - most) / sum;
}
