import { WeightsError } from '../bytes/weightsError';
import type { WeightName } from '../../network/layers/layer';
import type { TensorInFile } from '../tensors/tensorFile';

/** A step of a batch norm with its numbers, one for each channel or one for all. */
export interface ListedStep {
  readonly op: 'Add' | 'Sub' | 'Mul' | 'Div';
  /** Whether the map comes to the numbers, and not they to it. */
  readonly isMapFirst: boolean;
  readonly values: Float32Array;
}

/**
 * A batch norm from the steps that exporters make of it, with the variance in its scale: x -> (x - mean) * gamma + beta, of
 * variance 1 with nothing added to it. Throws a WeightsError where the steps are none.
 */
export function foldedNorm(name: string, steps: readonly ListedStep[]): readonly TensorInFile[] {
  const count = Math.max(...steps.map(({ values }) => values.length));
  if (steps.some(({ values }) => values.length !== 1 && values.length !== count)) {
    throw new WeightsError(
      `${name} scales maps by lists of ${steps.map(({ values }) => values.length).join(' and ')} values`,
    );
  }
  const [first] = steps;
  const centres = first?.op === 'Sub' && first.isMapFirst;
  const [gamma, beta] = scaleAndOffset(name, centres ? steps.slice(1) : steps, count);
  const mean = Float32Array.from({ length: count }, (_, i) => (centres ? at(first, i) : 0));
  const lists: readonly (readonly [WeightName, Float32Array])[] = [
    ['gamma', Float32Array.from(gamma)],
    ['beta', Float32Array.from(beta)],
    ['moving_mean', mean],
    ['moving_variance', new Float32Array(count).fill(1)],
  ];
  return lists.map(([weight, values]) => ({
    name: `${name}/${weight}`,
    shape: [count],
    byteLength: values.byteLength,
    place: { layer: name, kind: 'BatchNormalization', weight, epsilon: 0 },
    pieces: () => once(values),
  }));
}

function scaleAndOffset(
  name: string,
  steps: readonly ListedStep[],
  count: number,
): readonly [scale: Float64Array, offset: Float64Array] {
  const scale = new Float64Array(count).fill(1);
  const offset = new Float64Array(count);
  for (const step of steps) {
    if (step.op === 'Div' && !step.isMapFirst) {
      throw new WeightsError(`${name} divides by maps, as no batch norm does`);
    }
    for (let i = 0; i < count; i++) {
      const value = at(step, i);
      const factor = step.op === 'Mul' ? value : step.op === 'Div' ? 1 / value : 1;
      // A map that is taken from a number changes its sign.
      const sign = step.op === 'Sub' && !step.isMapFirst ? -1 : 1;
      const added = step.op === 'Add' ? value : step.op === 'Sub' ? -sign * value : 0;
      scale[i] = (scale[i] ?? 0) * factor * sign;
      offset[i] = (offset[i] ?? 0) * factor * sign + added;
    }
  }
  return [scale, offset];
}

function at({ values }: ListedStep, i: number): number {
  return values[values.length === 1 ? 0 : i] ?? 0;
}

async function* once(values: Float32Array): AsyncGenerator<Float32Array> {
  yield await Promise.resolve(values);
}
