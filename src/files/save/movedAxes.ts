import { elementCount, type Shape } from '../../network/tensor/shape';

/** Values written at a time along the last axis: those of one place fill a cache line. */
const blockSize = 16;

/** A tensor with its axes in another order: `axes[i]` is the axis of `shape` that becomes axis i; row-major both. */
export function movedAxes(
  values: Float32Array,
  shape: Shape,
  axes: readonly number[],
): Float32Array {
  const last = shape.length - 1;
  const width = shape[last] ?? 1;
  const steps = stepsAfter(shape, axes);
  const places = placesInOrder(
    shape,
    axes.filter((axis) => axis !== last),
    steps,
  );
  const lastStep = steps[last] ?? 1;
  const result = new Float32Array(values.length);
  for (let first = 0; first < width; first += blockSize) {
    const end = Math.min(first + blockSize, width);
    for (let place = 0; place < places.length; place += 2) {
      const [from = 0, to = 0] = [places[place], places[place + 1]];
      for (let at = first; at < end; at++) result[to + at * lastStep] = values[from + at] ?? 0;
    }
  }
  return result;
}

/** How far apart two neighbours along each axis of the input lie in the result. */
function stepsAfter(shape: Shape, axes: readonly number[]): readonly number[] {
  const moved = axes.map((axis) => shape[axis] ?? 1);
  const steps = shape.map(() => 1);
  axes.forEach((axis, at) => (steps[axis] = elementCount(moved.slice(at + 1))));
  return steps;
}

/** Where each place but for the last axis begins, before and after, in the order of the result. */
function placesInOrder(
  shape: Shape,
  axes: readonly number[],
  steps: readonly number[],
): Uint32Array {
  const sizes = axes.map((axis) => shape[axis] ?? 1);
  const places = new Uint32Array(2 * elementCount(sizes));
  const before = axes.map((axis) => elementCount(shape.slice(axis + 1)));
  const after = axes.map((axis) => steps[axis] ?? 1);
  for (let place = 0; place < places.length; place += 2) {
    let rest = place / 2;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      const size = sizes[axis] ?? 1;
      const index = rest % size;
      places[place] = (places[place] ?? 0) + index * (before[axis] ?? 0);
      places[place + 1] = (places[place + 1] ?? 0) + index * (after[axis] ?? 0);
      rest = Math.floor(rest / size);
    }
  }
  return places;
}
