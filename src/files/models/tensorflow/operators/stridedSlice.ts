import { NetworkError } from '../../../../network/tensor/networkError';
import type { TfOperation, TfOperator } from './tfOperation';

/** One part of a slice: a range of an axis, one index of it, a new axis, or the rest of the axes as they are. */
type Part =
  | { readonly kind: 'range'; readonly at: number }
  | { readonly kind: 'index'; readonly at: number }
  | { readonly kind: 'new' }
  | { readonly kind: 'rest' };

/** x[begin:end:stride, …] in Python's way; bits of numbers say which part is of which kind. */
export const stridedSlice: TfOperator = (operation) => {
  const x = operation.value(0);
  const [begins, ends, strides] = ['begins', 'ends', 'strides'].map((what, at) =>
    operation.values(at + 1, what),
  ) as [readonly number[], readonly number[], readonly number[]];
  const parts = begins.map((_, at) => partAt(operation, at));
  const dims = x.kind === 'constant' ? x.constant.dims : operation.tensor(0).dims;
  const named = parts.filter(({ kind }) => kind === 'range' || kind === 'index').length;
  if (named > dims.length) throw new NetworkError(`it slices ${named} axes of ${dims.length}`);
  const cut = {
    starts: [] as number[],
    ends: [] as number[],
    axes: [] as number[],
    steps: [] as number[],
  };
  const [single, added]: [number[], number[]] = [[], []];
  let axis = 0;
  let made = 0;
  for (const part of parts) {
    if (part.kind === 'new') added.push(made++);
    else if (part.kind === 'rest') {
      made += dims.length - named;
      axis += dims.length - named;
    } else {
      const [step = 1, size = 1] = [strides[part.at], dims[axis]];
      const isIndex = part.kind === 'index';
      const begin = begins[part.at] ?? 0;
      cut.axes.push(axis);
      cut.steps.push(isIndex ? 1 : step);
      cut.starts.push(
        has(operation, 'begin_mask', part.at) && !isIndex ? (step > 0 ? 0 : size - 1) : begin,
      );
      const open = step > 0 ? size : -size - 1;
      const end = has(operation, 'end_mask', part.at) ? open : (ends[part.at] ?? open);
      cut.ends.push(isIndex ? (begin === -1 ? size : begin + 1) : end);
      if (isIndex) single.push(axis);
      else made++;
      axis++;
    }
  }
  const sliced = operation.one('Slice', [x, cut.starts, cut.ends, cut.axes, cut.steps]);
  const squeezed = single.length > 0 ? operation.one('Squeeze', [sliced, single]) : sliced;
  return added.length > 0 ? operation.one('Unsqueeze', [squeezed, added]) : squeezed;
};

function partAt(operation: TfOperation, at: number): Part {
  if (has(operation, 'ellipsis_mask', at)) return { kind: 'rest' };
  if (has(operation, 'new_axis_mask', at)) return { kind: 'new' };
  return { kind: has(operation, 'shrink_axis_mask', at) ? 'index' : 'range', at };
}

/** Whether a bit of an attribute is set. */
function has(operation: TfOperation, mask: string, at: number): boolean {
  return ((operation.number(mask, 0) >> at) & 1) === 1;
}
