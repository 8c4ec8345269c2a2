import { elementCount } from '../../network/shape';
import type { Filters } from '../../protocol/weightSummary';

/** One of the filters that were asked for: [h, w, in / groups]. */
export function filterValues({ shape, data }: Filters, index: number): Float32Array {
  const size = elementCount(shape.slice(1));
  return data.subarray(index * size, (index + 1) * size);
}
