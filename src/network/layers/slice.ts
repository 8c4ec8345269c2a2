import { cellAt } from '../tensor/cell';
import { NetworkError } from '../tensor/networkError';
import { elementCount, formatShape, isMapShape } from '../tensor/shape';
import { inputShapeOf, type LayerOf, type SettingsOf } from './layer';
import type { LayerRule } from './layerRule';
import { wantWhole } from './layerRule';
import { seeingAll } from './reshape';

/** A part of a tensor, along any of its axes. */
export const slice: LayerRule<'Slice'> = {
  arity: 'one',
  outputShape({ starts, steps, counts }, [input = []]) {
    wantWhole('counts', ...counts);
    const isInside = input.every((size, axis) => {
      const [start = 0, step = 1, count = 0] = [starts[axis], steps[axis], counts[axis]];
      const last = start + (count - 1) * step;
      return start >= 0 && start < size && last >= 0 && last < size;
    });
    if (counts.length === input.length && isInside) return counts;
    throw new NetworkError(
      `${formatShape(input)} has no part ${formatShape(counts)} from ${starts.join(', ')} on`,
    );
  },
  window({ starts, steps, counts }, side, axis) {
    if (counts.length !== 3) return undefined;
    const [start = 0, stride = 1, cells = side] = [starts[axis], steps[axis], counts[axis]];
    if (stride < 0) return seeingAll(side, cells);
    return { size: 1, stride, dilation: 1, padBefore: -start, padAfter: 0, cells };
  },
  operands(layer, { index }, { inputs: [input = new Float32Array()] }) {
    const at = sourceIndex(layer, index);
    const from = cellAt(inputShapeOf(layer), at);
    return { kind: 'Slice', inputs: input.slice(at, at + 1), input: 0, from };
  },
  words: (layer) => [{ term: 'Kept', value: keptWords(layer) }],
};

/** Where the output's value at `index` stands in the input. */
function sourceIndex(layer: LayerOf<'Slice'>, index: number): number {
  const { starts, steps, counts } = layer;
  const input = inputShapeOf(layer);
  let rest = index;
  let at = 0;
  for (let axis = counts.length - 1; axis >= 0; axis--) {
    const count = counts[axis] ?? 1;
    const place = (starts[axis] ?? 0) + (rest % count) * (steps[axis] ?? 1);
    at += place * elementCount(input.slice(axis + 1));
    rest = Math.floor(rest / count);
  }
  return at;
}

/** `channels 6 to 11`: each axis that is cut. */
function keptWords(layer: SettingsOf<'Slice'> & Pick<LayerOf<'Slice'>, 'inputShapes'>): string {
  const [input = []] = layer.inputShapes;
  const names = isMapShape(input) ? ['rows', 'columns', 'channels'] : undefined;
  const cut = input.flatMap((size, axis) => {
    const [start = 0, step = 1, count = size] = [
      layer.starts[axis],
      layer.steps[axis],
      layer.counts[axis],
    ];
    if (start === 0 && step === 1 && count === size) return [];
    const name = names?.[axis] ?? `axis ${axis + 1}:`;
    const by = step === 1 ? '' : `, step ${step}`;
    return [`${name} ${start} to ${start + (count - 1) * step}${by}`];
  });
  return cut.join('; ') || 'all';
}
