import { NetworkError } from '../../../../network/tensor/networkError';
import { elementCount, type Shape } from '../../../../network/tensor/shape';
import type { Pair } from '../../../../network/tensor/window';
import { allOf, type Constant } from './constant';

/** Bound of a kernel that is written out with its zeros. */
const mostValues = 2 ** 24;

/** A kernel of groups, [channels, filters / groups, height, width], as that of one: zeros between what does not meet. */
export function withoutGroups(kernel: Constant, groups: number): Constant {
  const [channels = 0, perGroup = 0, ...size] = kernel.dims;
  if (!Number.isSafeInteger(groups) || groups < 1 || channels % groups !== 0) {
    throw new NetworkError(
      `${channels} channels do not split into ${groups} groups (${channels} / ${groups} = ${channels / groups})`,
    );
  }
  const block = perGroup * elementCount(size);
  return writtenOut(kernel, [channels, perGroup * groups, ...size], (index) => {
    const [channel, within] = [Math.floor(index / block), index % block];
    const group = Math.floor((channel * groups) / channels);
    return (channel * groups + group) * block + within;
  });
}

/** A kernel with gaps between its elements, [channels, filters, height, width], as one with zeros there. */
export function withoutGaps(kernel: Constant, [down, across]: Pair): Constant {
  const [channels = 0, filters = 0, height = 1, width = 1] = kernel.dims;
  const [rows, columns] = [(height - 1) * down + 1, (width - 1) * across + 1];
  return writtenOut(kernel, [channels, filters, rows, columns], (index) => {
    const [row, column] = [Math.floor(index / width), index % width];
    const [map, within] = [Math.floor(row / height), row % height];
    return (map * rows + within * down) * columns + column * across;
  });
}

/** Values at new places among zeros. */
function writtenOut(kernel: Constant, dims: Shape, placeOf: (index: number) => number): Constant {
  const count = elementCount(dims);
  if (count > mostValues) {
    throw new NetworkError(`its kernel has ${count} values with its zeros, more than are read`);
  }
  const { name, isWhole, byteLength, fault } = kernel;
  return {
    ...{ name, dims, isWhole, byteLength },
    ...(fault !== undefined && { fault }),
    async *pieces() {
      const values = new Float32Array(count);
      (await allOf(kernel)).forEach((value, index) => (values[placeOf(index)] = value));
      yield values;
    },
  };
}
