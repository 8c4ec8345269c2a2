import { elementCount, type Shape } from '../../../../network/tensor/shape';
import { WeightsError } from '../../../bytes/weightsError';
import { checkScaling, dequantise, type Scaling } from '../../../tensors/quantised';

/** A tensor that is known before anything runs. */
export interface Constant {
  /** As the file names it. */
  readonly name: string;
  /** In ONNX' order. */
  readonly dims: Shape;
  /** Whether its numbers are whole by type. */
  readonly isWhole: boolean;
  /** Whether it has integers of 8 bits with a sign. */
  readonly isSigned?: boolean;
  /** Bytes of its values in the file. */
  readonly byteLength: number;
  /** Its values, row-major, where these are few. */
  readonly values?: Float64Array;
  /** Why its values are not to be had. */
  readonly fault?: string;
  /** Its values, row-major; throws a WeightsError where they are not to be had. */
  pieces(): AsyncIterable<Float32Array>;
}

/** Most values of a constant that are read with its file: shapes, scales, bounds, lists of channels. */
export const maxValues = 2 ** 14;
/** Most values that are computed from these: masks and biases of pairs of places. */
export const mostFolded = 2 ** 18;

/** One that was computed from others, of few values. */
export function computed(
  name: string,
  dims: Shape,
  values: Float64Array,
  isWhole: boolean,
): Constant {
  const byteLength = values.length * Float32Array.BYTES_PER_ELEMENT;
  return { name, dims, isWhole, byteLength, values, pieces: () => one(Float32Array.from(values)) };
}

/** One number everywhere. */
export function filled(name: string, dims: Shape, value: number, isWhole: boolean): Constant {
  const count = elementCount(dims);
  if (count <= maxValues) return computed(name, dims, new Float64Array(count).fill(value), isWhole);
  const pieces = (): AsyncIterable<Float32Array> => repeated(value, count);
  return { name, dims, isWhole, byteLength: 0, pieces };
}

/** The same numbers in the same order, with other axes. */
export function withDims(constant: Constant, dims: Shape): Constant {
  return { ...constant, dims };
}

/** Axis i of the result is axis perm[i] of the constant. */
export function transposed(constant: Constant, perm: readonly number[]): Constant {
  const dims = perm.map((axis) => constant.dims[axis] ?? 1);
  const order = placesAfter(constant.dims, perm);
  return rearranged({ ...constant, dims }, (values) =>
    Float64Array.from(order(), (from) => values[from] ?? 0),
  );
}

function rearranged(
  constant: Constant,
  change: (values: ArrayLike<number>) => Float64Array,
): Constant {
  const { values } = constant;
  return {
    ...constant,
    ...(values && { values: change(values) }),
    async *pieces() {
      yield Float32Array.from(change(await allOf(constant)));
    },
  };
}

/** Where each value of a transposed tensor comes from. */
export function placesAfter(dims: Shape, perm: readonly number[]): () => Iterable<number> {
  const strides = dims.map((_, axis) => elementCount(dims.slice(axis + 1)));
  const sizes = perm.map((axis) => dims[axis] ?? 1);
  const steps = perm.map((axis) => strides[axis] ?? 0);
  return function* () {
    const index = sizes.map(() => 0);
    let from = 0;
    for (let left = elementCount(sizes); left > 0; left--) {
      yield from;
      for (let axis = sizes.length - 1; axis >= 0; axis--) {
        const at = (index[axis] ?? 0) + 1;
        from += steps[axis] ?? 0;
        if (at < (sizes[axis] ?? 0)) {
          index[axis] = at;
          break;
        }
        from -= at * (steps[axis] ?? 0);
        index[axis] = 0;
      }
    }
  };
}

/** Integers with a scale and a zero point, for the tensor or for each index of an axis, as floats. */
export function dequantised(constant: Constant, { scale, zeroPoint, axis }: Scaling): Constant {
  const { name, dims, values } = constant;
  const scaling = checkScaling(name, dims, { scale, zeroPoint, axis });
  const pieces = (): AsyncIterable<Float32Array> => dequantise(constant.pieces(), dims, scaling);
  if (!values) return { ...constant, isWhole: false, pieces };
  const run = scaling.scale.length === 1 ? Infinity : elementCount(dims.slice(scaling.axis + 1));
  const scaled = values.map((value, i) => {
    const channel = Math.floor(i / run) % scaling.scale.length;
    return (value - (scaling.zeroPoint[channel] ?? 0)) * (scaling.scale[channel] ?? 1);
  });
  return computed(name, dims, scaled, false);
}

/** All values; throws a WeightsError where there are not as many as its shape has. */
export async function allOf({ name, dims, pieces }: Constant): Promise<Float32Array> {
  const values = new Float32Array(elementCount(dims));
  let filledTo = 0;
  for await (const piece of pieces()) {
    if (filledTo + piece.length > values.length)
      throw new WeightsError(`${name} holds more than the ${values.length} values of its shape`);
    values.set(piece, filledTo);
    filledTo += piece.length;
  }
  if (filledTo < values.length)
    throw new WeightsError(`${name} ends after ${filledTo} of its ${values.length} values`);
  return values;
}

const pieceLength = 2 ** 18;

async function* repeated(value: number, count: number): AsyncGenerator<Float32Array> {
  const piece = new Float32Array(Math.min(count, pieceLength)).fill(value);
  for (let done = 0; done < count; done += piece.length) {
    yield await Promise.resolve(piece.subarray(0, Math.min(piece.length, count - done)));
  }
}

async function* one(values: Float32Array): AsyncGenerator<Float32Array> {
  yield await Promise.resolve(values);
}
