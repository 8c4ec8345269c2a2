import { NetworkError } from '../tensor/networkError';
import type { Shape } from '../tensor/shape';

/** Shape of a weight for each value of an input, but for axes along which values share one; throws a NetworkError for others. */
export function sharedShape(kind: string, input: Shape, sharedAxes: readonly number[]): Shape {
  const wrong = sharedAxes.find((axis) => !(axis in input));
  if (wrong !== undefined) {
    throw new NetworkError(`${kind} shares axis ${wrong + 1} of ${input.length}`);
  }
  return input.map((size, axis) => (sharedAxes.includes(axis) ? 1 : size));
}

/** Where the weight of the value at `index` stands among those of its channel, the last axis. */
export function placeAmongShared(
  shape: Shape,
  sharedAxes: readonly number[],
  index: number,
): number {
  let [rest, at, step] = [Math.floor(index / (shape.at(-1) ?? 1)), 0, 1];
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    const size = shape[axis] ?? 1;
    if (!sharedAxes.includes(axis)) {
      at += (rest % size) * step;
      step *= size;
    }
    rest = Math.floor(rest / size);
  }
  return at;
}

/** `1, 2`, counted from 1. */
export function sharedWords(sharedAxes: readonly number[]): string {
  return sharedAxes.map((axis) => axis + 1).join(', ') || 'no axis';
}
