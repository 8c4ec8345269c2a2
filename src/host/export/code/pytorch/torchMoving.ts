import { inputShapeOf, type LayerOf } from '../../../../network/layers/layer';
import { filledPlaces } from '../../../../network/layers/zeroPadding2d';
import { isMapShape, type Shape } from '../../../../network/tensor/shape';
import type { LayerCode, LayerWriters, Step } from '../layerCode';
import { numbers, pythonNumber } from '../literals';
import { shareMatrix } from '../windows';
import { channelsFirst, channelsLast } from './torchTensors';
import { padSteps } from './torchWindows';

type MovingKinds = 'ZeroPadding2D' | 'Cropping2D' | 'Resize' | 'Reshape' | 'Permute' | 'Slice';

/** Layers that move values; maps have their channels before rows and columns, all else as it is. */
export const torchMoving: Pick<LayerWriters, MovingKinds> = {
  ZeroPadding2D: (layer) => ({ steps: filling(layer) }),
  Cropping2D: ({ cropping: [[top], [left]], outputShape: [rows = 0, columns = 0] }) => ({
    steps: [(x) => `${x}[:, :, ${top}:${top + rows}, ${left}:${left + columns}]`],
  }),
  Resize: (layer, id) => resizing(layer, id),
  Reshape: ({ inputShapes: [input = []], outputShape }) => ({
    steps: [
      (x) =>
        channelsFirst(
          `${channelsLast(x, input)}.reshape(-1, ${outputShape.join(', ')})`,
          outputShape,
        ),
    ],
  }),
  Permute: ({ axes, inputShapes: [input = []], outputShape }) => {
    const from = placesOf(input);
    const order = orderOf(outputShape).map((axis) => from[axes[axis] ?? 0] ?? 0);
    return { steps: [(x) => `${x}.permute(0, ${order.join(', ')})`] };
  },
  Slice: (layer) => ({ steps: slicing(layer) }),
};

/** The network's axes in PyTorch's order. */
function orderOf(shape: Shape): readonly number[] {
  return isMapShape(shape) ? [2, 0, 1] : shape.map((_, axis) => axis);
}

/** The axis in PyTorch, the batch counted, of each of the network's. */
function placesOf(shape: Shape): readonly number[] {
  const order = orderOf(shape);
  return shape.map((_, axis) => order.indexOf(axis) + 1);
}

const modes = { reflect: 'reflect', edge: 'replicate', wrap: 'circular' } as const;

function filling(layer: LayerOf<'ZeroPadding2D'>): readonly Step[] {
  const { padding, fill = 0 } = layer;
  if (fill === 0) return padSteps(padding, '');
  if (typeof fill === 'number') return padSteps(padding, `, value=${pythonNumber(fill)}`);
  const sides = inputShapeOf(layer);
  // PyTorch goes round a map no more than once.
  const isFar = padding.some((pads, axis) => pads.some((pad) => pad > (sides[axis] ?? 0)));
  if (fill !== 'wrap' || !isFar) return padSteps(padding, `, mode="${modes[fill]}"`);
  return ([0, 1] as const).map((axis) =>
    taken(filledPlaces(layer, sides[axis] ?? 0, axis), axis + 2),
  );
}

/** These places of an axis of PyTorch's. */
function taken(places: readonly number[], axis: number): Step {
  const before = ':, '.repeat(axis);
  return (x) => `${x}[${before}${numbers(places)}]`;
}

function resizing(layer: LayerOf<'Resize'>, id: string): LayerCode {
  const { size, interpolation, shares } = layer;
  const [height = 0, width = 0] = inputShapeOf(layer);
  if (!shares) {
    const isWhole = size[0] % height === 0 && size[1] % width === 0;
    const nearest = isWhole ? 'nearest' : 'nearest-exact';
    const mode = interpolation === 'nearest' ? nearest : 'bilinear';
    return { steps: [(x) => `F.interpolate(${x}, (${size.join(', ')}), mode="${mode}")`] };
  }
  const matrices = [
    { name: `${id}__rows`, shape: [size[0], height], values: shareMatrix(shares[0], height) },
    { name: `${id}__columns`, shape: [size[1], width], values: shareMatrix(shares[1], width) },
  ];
  return {
    members: matrices.map(
      ({ name, shape }) => `self.register_buffer("${name}", torch.zeros(${shape.join(', ')}))`,
    ),
    steps: [(x) => `self.${id}__rows @ ${x} @ self.${id}__columns.T`],
    tensors: matrices.map(({ name, shape, values }) => ({ name, shape, from: { values } })),
  };
}

function slicing(layer: LayerOf<'Slice'>): readonly Step[] {
  const { starts, steps, counts } = layer;
  const shape = inputShapeOf(layer);
  const parts = orderOf(shape).map((axis) => {
    const [start = 0, step = 1, count = 0] = [starts[axis], steps[axis], counts[axis]];
    if (step < 0 || (start === 0 && step === 1 && count === shape[axis])) return ':';
    const end = start + (count - 1) * step + 1;
    return step === 1 ? `${start}:${end}` : `${start}:${end}:${step}`;
  });
  const forward = parts.some((part) => part !== ':')
    ? [(x: string) => `${x}[:, ${parts.join(', ')}]`]
    : [];
  const places = placesOf(shape);
  const backward = counts.flatMap((count, axis) => {
    const [start = 0, step = 1] = [starts[axis], steps[axis]];
    if (step > 0) return [];
    const all = Array.from({ length: count }, (_, at) => start + at * step);
    return [taken(all, places[axis] ?? 0)];
  });
  return [...forward, ...backward];
}
