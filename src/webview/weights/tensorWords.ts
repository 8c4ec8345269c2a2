import { formatShape } from '../../network/tensor/shape';
import type { TensorSummary } from '../../protocol/weightSummary';
import type { Fact } from '../draw/factList';
import { formatCount, formatExact } from '../draw/numberFormat';

/** Tensors without which a layer gives nothing: all zeros in them is a warning. */
const decisive: readonly TensorSummary['name'][] = ['kernel', 'gamma', 'moving_variance'];

/** `11 × 11 × 3 × 96 · 34,848 values`. */
export function sizeWords({ shape, count }: TensorSummary): string {
  const values = `${formatCount(count)} ${count === 1 ? 'value' : 'values'}`;
  return shape.length < 2 ? values : `${formatShape(shape)} · ${values}`;
}

/** The numbers of a tensor in the order in which the table has them. */
export function statisticsFacts(tensor: TensorSummary): readonly Fact[] {
  const { statistics, zeros, nan, infinite } = tensor;
  const value = (of: keyof NonNullable<typeof statistics>): string =>
    statistics ? formatExact(statistics[of]) : 'none';
  return [
    { term: 'min', value: value('min') },
    { term: 'max', value: value('max') },
    { term: 'mean', value: value('mean') },
    { term: 'std', value: value('std') },
    { term: 'L2 norm', value: value('l2') },
    { term: 'zeros', value: formatCount(zeros) },
    { term: 'NaN', value: formatCount(nan) },
    { term: 'infinite', value: formatCount(infinite) },
  ];
}

/** What is wrong with a tensor, in sentences. */
export function tensorWarnings(tensor: TensorSummary): readonly string[] {
  const { name, count, zeros, nan, infinite, norms, statistics } = tensor;
  const warnings: string[] = [];
  if (nan + infinite > 0) {
    warnings.push(
      `${formatCount(nan)} of ${formatCount(count)} values are NaN and ${formatCount(infinite)} infinite; the other numbers are of the rest.`,
    );
  }
  if (zeros === count && decisive.includes(name)) {
    warnings.push(`Dead: all ${formatCount(count)} values are 0.`);
  } else {
    const dead = norms?.reduce((sum, norm) => sum + (norm === 0 ? 1 : 0), 0) ?? 0;
    if (norms && dead > 0) {
      warnings.push(
        `${formatCount(dead)} of ${formatCount(norms.length)} outputs have nothing but zeros as weights.`,
      );
    }
  }
  if (name === 'moving_variance' && statistics && statistics.min < 0) {
    warnings.push(`A variance cannot be negative; the smallest is ${formatExact(statistics.min)}.`);
  }
  return warnings;
}
