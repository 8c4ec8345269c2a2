import { inputName } from '../../network/network';
import { mapShape } from '../../network/tensor/cell';
import type { ExplanationMap } from '../../protocol/explanation';
import { baselineOf, baselineValue } from './baseline';
import { coarseToFine, type Grid } from './coarseToFine';
import type { Found, MethodContext } from './method';
import { valueOf } from './target';
import { runVariants } from './variants';

/**
 * How far the target falls as a window of the picture takes the baseline's values (Zeiler and Fergus 2014), window by
 * window until they reach the picture's end, the last ones cut at its edge. Far ones first: the progress has maps to show.
 */
export async function occlusion(context: MethodContext<'occlusion'>): Promise<Found> {
  const { run, settings, target, value, runOf, work } = context;
  const { window, stride } = settings;
  const [height, width, depth] = mapShape(run.input.shape);
  const windows = (size: number): number =>
    Math.min(Math.ceil(size / stride), Math.max(0, Math.ceil((size - window) / stride)) + 1);
  const grid: Grid = { rows: windows(height), columns: windows(width) };
  const base = baselineOf(run, settings.baseline, runOf);
  const baseline = await baselineValue(context, base);
  const falls = new Float32Array(grid.rows * grid.columns);
  const { order, coarse, nearest } = coarseToFine(grid);

  const hide = (picture: Float32Array, index: number): void => {
    const cell = order[index] ?? 0;
    const [top, left] = [Math.floor(cell / grid.columns) * stride, (cell % grid.columns) * stride];
    const end = Math.min(left + window, width);
    for (let y = top; y < Math.min(top + window, height); y++) {
      const [from, to] = [(y * width + left) * depth, (y * width + end) * depth];
      picture.set(base.data.subarray(from, to), from);
    }
  };
  const mapOfAll = (done: number): ExplanationMap => ({
    shape: [grid.rows, grid.columns],
    data: falls.map((_, cell) => falls[nearest(cell, done)] ?? 0),
  });
  let done = 0;
  await runVariants(
    context,
    {
      from: inputName(run.network),
      count: order.length,
      soon: coarse,
      change: hide,
      what: 'window',
    },
    (index, output) => {
      falls[order[index] ?? 0] = value - valueOf(target, output);
      done = index + 1;
    },
    (fraction) => {
      const what = `window ${done} of ${order.length}`;
      if (done >= coarse) work.show({ what, fraction, map: mapOfAll(done) });
    },
  );
  return { map: mapOfAll(order.length), baseline };
}
