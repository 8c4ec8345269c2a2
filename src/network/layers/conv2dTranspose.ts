import { NetworkError } from '../tensor/networkError';
import { elementCount } from '../tensor/shape';
import type { Axis, Pads, Pair } from '../tensor/window';
import { formatPadding, formatPair } from '../tensor/window';
import { inputShapeOf, type LayerOf, type SettingsOf } from './layer';
import type { LayerRule } from './layerRule';
import { kernelAndBias, mapInput, wantWhole, windowWords } from './layerRule';
import { patchOf } from './patch';

type Settings = SettingsOf<'Conv2DTranspose'>;

/** A convolution the other way round (Dumoulin and Visin 2016, chapter 4); its kernel is kept as [h, w, in, out]. */
export const conv2dTranspose: LayerRule<'Conv2DTranspose'> = {
  arity: 'one',
  begins: 'conv block',
  outputShape(settings, inputs) {
    const { filters, kernel, stride, padding } = settings;
    const [height, width] = mapInput('Conv2DTranspose', inputs);
    wantWhole('filters', filters);
    wantWhole('kernel', ...kernel);
    wantWhole('stride', ...stride);
    const [rows, columns] = [spread(settings, height, 0), spread(settings, width, 1)];
    if (rows > 0 && columns > 0) return [rows, columns, filters];
    throw new NetworkError(
      `padding ${formatPadding(padding)} leaves nothing of kernel ${formatPair(kernel)} spread over ${height} x ${width}`,
    );
  },
  weights: ({ kernel, filters, useBias }, [input = []]) =>
    kernelAndBias([...kernel, input[2] ?? 0, filters], useBias),
  macs: ({ kernel, filters, inputShapes: [input = []] }) =>
    elementCount(kernel) * filters * elementCount(input),
  window({ kernel, stride, padding }, side, axis) {
    const size = Math.ceil(kernel[axis] / stride[axis]);
    const [cut] = padding[axis];
    return {
      size,
      stride: 1 / stride[axis],
      dilation: 1,
      padBefore: size - 1 - cut / stride[axis],
      padAfter: 0,
      cells: spread({ kernel, stride, padding }, side, axis),
    };
  },
  operands(layer, { row, column }, { inputs: [input = new Float32Array()], weights }) {
    const shape = inputShapeOf(layer);
    const [height = 0, width = 0, channels = 0] = shape;
    const rows = reaching(layer, 0, row, height);
    const columns = reaching(layer, 1, column, width);
    const window = {
      ...{ top: rows.first, left: columns.first, rows: rows.count, columns: columns.count },
      ...{ rowStep: 1, columnStep: 1, height, width },
    };
    const seen = { first: 0, count: channels };
    return {
      kind: 'Conv2D',
      window,
      firstChannel: 0,
      channels,
      inputs: patchOf(input, shape, window, seen),
      kernel: reachingKernel(layer, rows, columns, weights('kernel')),
      bias: layer.useBias ? (weights('bias')[0] ?? NaN) : undefined,
      activation: layer.activation,
    };
  },
  words: ({ kernel, stride, padding, useBias }) => [
    { term: 'Kernel', value: windowWords(kernel, stride) },
    { term: 'Cut off', value: cutWords(padding) },
    ...(useBias ? [] : [{ term: 'Bias', value: 'none' }]),
  ],
};

/** How many cells come out of `side` along an axis. */
function spread(
  { kernel, stride, padding }: Pick<Settings, 'kernel' | 'stride' | 'padding'>,
  side: number,
  axis: Axis,
): number {
  const [before, after] = padding[axis];
  return (side - 1) * stride[axis] + kernel[axis] - before - after;
}

/** The cells of the input whose kernels reach a cell of the output, and the element of the first one's. */
interface Reaching {
  readonly first: number;
  readonly count: number;
  readonly element: number;
}

function reaching(
  { kernel, stride, padding }: Settings,
  axis: Axis,
  cell: number,
  side: number,
): Reaching {
  const place = cell + padding[axis][0];
  const first = Math.max(0, Math.ceil((place - kernel[axis] + 1) / stride[axis]));
  const last = Math.min(side - 1, Math.floor(place / stride[axis]));
  return {
    first,
    count: Math.max(0, last - first + 1),
    element: place - first * stride[axis],
  };
}

/** The elements of the kernel that meet these cells, [rows, columns, channels]. */
function reachingKernel(
  { kernel, stride, inputShapes: [input = []] }: LayerOf<'Conv2DTranspose'>,
  rows: Reaching,
  columns: Reaching,
  values: Float32Array,
): Float32Array {
  const channels = input[2] ?? 0;
  const taken = new Float32Array(rows.count * columns.count * channels);
  for (let down = 0; down < rows.count; down++) {
    for (let across = 0; across < columns.count; across++) {
      const element: Pair = [rows.element - down * stride[0], columns.element - across * stride[1]];
      const at = (element[0] * kernel[1] + element[1]) * channels;
      taken.set(values.subarray(at, at + channels), (down * columns.count + across) * channels);
    }
  }
  return taken;
}

function cutWords([[top, bottom], [left, right]]: Pads): string {
  if ([top, bottom, left, right].every((side) => side === 0)) return 'nothing';
  return `${top} above, ${bottom} below, ${left} left, ${right} right`;
}
