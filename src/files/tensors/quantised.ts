import type { Shape } from '../../network/tensor/shape';
import { elementCount } from '../../network/tensor/shape';
import { WeightsError } from '../bytes/weightsError';

/** weight = scale · (integer - zeroPoint), with one pair for the tensor or one for each index of an axis. */
export interface Scaling {
  readonly scale: Float32Array;
  readonly zeroPoint: Float32Array;
  readonly axis: number;
}

/** Checks a scaling against its tensor's shape; an axis below 0 counts from the end. Throws a WeightsError. */
export function checkScaling(name: string, shape: Shape, scaling: Scaling): Scaling {
  const { scale, zeroPoint, axis: asked } = scaling;
  const axis = asked < 0 ? asked + shape.length : asked;
  if (scale.length !== 1 && scale.length !== shape[axis]) {
    throw new WeightsError(
      `${name} has shape [${shape.join(', ')}], but ${scale.length} scales for its axis ${asked}`,
    );
  }
  if (zeroPoint.length !== scale.length) {
    throw new WeightsError(
      `${name} has ${scale.length} scales, but ${zeroPoint.length} zero points`,
    );
  }
  const bad = [...scale, ...zeroPoint].find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new WeightsError(`${name} is scaled with ${bad}`);
  return { scale, zeroPoint, axis };
}

/** Turns a tensor's integers into weights, piece by piece. */
export async function* dequantise(
  pieces: AsyncIterable<ArrayLike<number>>,
  shape: Shape,
  { scale, zeroPoint, axis }: Scaling,
): AsyncGenerator<Float32Array> {
  // Consecutive values that share a scale.
  const run = scale.length === 1 ? Infinity : elementCount(shape.slice(axis + 1));
  let first = 0;
  for await (const piece of pieces) {
    const values = new Float32Array(piece.length);
    for (let i = 0; i < piece.length;) {
      const at = first + i;
      const channel = Math.floor(at / run) % scale.length;
      const end = Math.min(piece.length, i + run - (at % run));
      const by = scale[channel] ?? 1;
      const zero = zeroPoint[channel] ?? 0;
      for (; i < end; i++) values[i] = ((piece[i] ?? 0) - zero) * by;
    }
    first += piece.length;
    yield values;
  }
}
