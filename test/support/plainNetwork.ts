import { activate, activateOne } from './plainActivations';
import { plainKinds } from './plainKinds';
import {
  at,
  cells,
  meanOf,
  range,
  sumOf,
  spread,
  type Inputs,
  type Plain,
  type Values,
  type WeightOf,
} from './plainCells';
import type { Layer, LayerKind, LayerOf, MergeOperation } from '../../src/network/layers/layer';
import type { Network } from '../../src/network/network';
import type { Padding } from '../../src/network/tensor/window';
import type { NetworkWeights } from '../../src/files/matching/networkWeights';

/** Every layer of a network worked out by nested loops, from what the network's inputs give. */
export function runPlainly(
  network: Network,
  weights: NetworkWeights,
  inputs: ReadonlyMap<string, Float32Array>,
): ReadonlyMap<string, Float64Array> {
  const known = new Map<string, Values>();
  for (const layer of network.layers) {
    const given = inputs.get(layer.name);
    const sources = layer.inputs.flatMap((name) => known.get(name) ?? []);
    if (!given && (sources.length === 0 || sources.length < layer.inputs.length)) continue;
    const weight: WeightOf = (name) => weights.get(`${layer.name}.${name}`)!;
    const data = Float64Array.from(given ?? plainly(layer, sources as unknown as Inputs, weight));
    known.set(layer.name, { shape: layer.outputShape, data });
  }
  return new Map([...known].map(([name, { data }]) => [name, data]));
}

function plainly(layer: Layer, inputs: Inputs, weight: WeightOf): number[] {
  const compute = kinds[layer.kind] as Plain<LayerKind>;
  return compute(layer, inputs, weight);
}

const kinds: { readonly [K in LayerKind]: Plain<K> } = {
  ...plainKinds,
  InputLayer: neverRuns,
  Unknown: neverRuns,
  Conv2D: convolve,
  Dense({ units, useBias, activation }, [{ shape, data }], weight) {
    const [kernel, bias] = [weight('kernel'), useBias ? weight('bias') : undefined];
    const inputs = shape.at(-1)!;
    const sums = range((data.length / inputs) * units).map((at) => {
      const [cell, unit] = [Math.floor(at / units), at % units];
      const own = data.subarray(cell * inputs, (cell + 1) * inputs);
      return own.reduce((sum, x, i) => sum + x * kernel[i * units + unit]!, bias?.[unit] ?? 0);
    });
    return activate(sums, activation, units);
  },
  BatchNormalization({ epsilon, scale, center }, [{ shape, data }], weight) {
    const channels = shape.at(-1)!;
    const missing = [...(scale ? [] : ['gamma']), ...(center ? [] : ['beta'])];
    const of = (name: string, i: number): number =>
      missing.includes(name) ? Number(name === 'gamma') : weight(name)[i % channels]!;
    return [...data].map(
      (x, i) =>
        (of('gamma', i) * (x - of('moving_mean', i))) /
          Math.sqrt(of('moving_variance', i) + epsilon) +
        of('beta', i),
    );
  },
  LocalResponseNormalization({ depthRadius, bias, alpha, beta }, [{ shape, data }]) {
    const channels = shape[2]!;
    return [...data].map((x, i) => {
      let squares = 0;
      for (let near = -depthRadius; near <= depthRadius; near++) {
        const channel = (i % channels) + near;
        if (channel >= 0 && channel < channels) squares += data[i + near]! ** 2;
      }
      return x / (bias + alpha * squares) ** beta;
    });
  },
  MaxPooling2D: (layer, [input]) => pool(layer, input, (real) => Math.max(...real)),
  AveragePooling2D: (layer, [input]) =>
    pool(
      layer,
      input,
      (real, counted) => sumOf(real) / (layer.countPadding ? counted : real.length),
    ),
  AdaptiveAveragePooling2D(layer, [input]) {
    const size = [input.shape[0]! / layer.size[0], input.shape[1]! / layer.size[1]] as const;
    const settings = { pool: size, stride: size, padding: 'valid' } as const;
    return pool({ ...settings, outputShape: layer.outputShape }, input, meanOf);
  },
  GlobalAveragePooling2D(_, [input]) {
    const [height, width, channels] = input.shape as [number, number, number];
    const settings = { pool: [height, width], stride: [1, 1], padding: 'valid' } as const;
    return pool({ ...settings, outputShape: [1, 1, channels] }, input, meanOf);
  },
  ZeroPadding2D({ padding: [[top], [left]], fill = 0, outputShape }, [input]) {
    if (typeof fill === 'number')
      return cells(outputShape).map(([y, x, c]) => at(input, y - top, x - left, c) ?? fill);
    const [height, width] = input.shape as [number, number];
    return cells(outputShape).map(([y, x, c]) =>
      at(input, inside(y - top, height, fill), inside(x - left, width, fill), c)!,
    );
  },
  Activation: ({ activation }, [{ data }]) => [...data].map((x) => activateOne(x, activation)),
  Rescaling({ scale, offset }, [{ shape, data }]) {
    const of = (values: number | readonly number[], i: number): number =>
      typeof values === 'number' ? values : values[i % shape.at(-1)!]!;
    return [...data].map((x, i) => x * of(scale, i) + of(offset, i));
  },
  Merge: ({ operation, outputShape }, inputs) =>
    cells(outputShape).map(([y, x, c]) =>
      merges[operation](inputs.map((input) => spread(input, y, x, c))),
    ),
  Concatenate({ outputShape }, inputs) {
    const each = outputShape.at(-1)!;
    const parts = range(outputShape.reduce((a, b) => a * b, 1) / each).map((cell) =>
      inputs.flatMap(({ shape, data }) => {
        const own = shape.at(-1)!;
        return [...data.subarray(cell * own, (cell + 1) * own)];
      }),
    );
    return parts.flat();
  },
  Flatten({ channelsFirst }, [{ shape, data }]) {
    if (!channelsFirst) return [...data];
    const channels = shape.at(-1)!;
    return range(channels).flatMap((c) => [...data].filter((_, i) => i % channels === c));
  },
  Dropout: (_, [{ data }]) => [...data],
  Softmax: ({ outputShape }, [{ data }]) => activate([...data], 'softmax', outputShape.at(-1)!),
};

function neverRuns({ name }: Layer): never {
  throw new Error(`${name} never runs`);
}

const merges: { readonly [O in MergeOperation]: (values: readonly number[]) => number } = {
  add: sumOf,
  subtract: ([a, b]) => a! - b!,
  multiply: (values) => values.reduce((product, x) => product * x),
  average: (values) => sumOf(values) / values.length,
  maximum: (values) => Math.max(...values),
  minimum: (values) => Math.min(...values),
};

function convolve(layer: LayerOf<'Conv2D'>, [input]: Inputs, weight: WeightOf): number[] {
  const { kernel, stride, dilation, padding, groups, filters, useBias, outputShape } = layer;
  const [height, width, channels] = input.shape as [number, number, number];
  const values = weight('kernel');
  const bias = useBias ? weight('bias') : undefined;
  const reach = kernel.map((size, axis) => (size - 1) * dilation[axis]! + 1) as [number, number];
  const [top, left] = padsBefore([height, width], reach, stride, padding);
  const seen = channels / groups;
  const window = cells([...kernel, seen]);
  const sums = cells(outputShape).map(([y, x, filter]) => {
    const first = Math.floor(filter / (filters / groups)) * seen;
    let sum = bias?.[filter] ?? 0;
    for (const [ky, kx, c] of window) {
      const row = y * stride[0] - top + ky * dilation[0];
      const column = x * stride[1] - left + kx * dilation[1];
      const value = at(input, row, column, first + c) ?? 0;
      sum += value * values[((ky * kernel[1] + kx) * seen + c) * filters + filter]!;
    }
    return sum;
  });
  return activate(sums, layer.activation, filters);
}

interface Pooling {
  readonly pool: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: Padding;
  readonly outputShape: readonly number[];
}

/** `reduce` is told the window's values on the map, and how many of its elements lie there or on the padding. */
function pool(
  { pool: window, stride, padding, outputShape }: Pooling,
  input: Values,
  reduce: (real: readonly number[], counted: number) => number,
): number[] {
  const [height, width] = input.shape as [number, number];
  const [top, left] = padsBefore([height, width], window, stride, padding);
  const [bottom, right] =
    typeof padding === 'string'
      ? [padding === 'same' ? Infinity : 0, padding === 'same' ? Infinity : 0]
      : [padding[0][1], padding[1][1]];
  const places = cells([...window, 1]);
  return cells(outputShape).map(([y, x, c]) => {
    const real: number[] = [];
    let counted = 0;
    for (const [ky, kx] of places) {
      const [row, column] = [y * stride[0] - top + ky, x * stride[1] - left + kx];
      const value = at(input, row, column, c);
      if (value !== undefined) real.push(value);
      if (row < height + bottom && column < width + right) counted++;
    }
    return reduce(real, counted);
  });
}

/** TensorFlow's 'same': as many cells as strides fit in, the odd zero after. */
function padsBefore(
  sides: readonly [number, number],
  reach: readonly [number, number],
  stride: readonly [number, number],
  padding: Padding,
): [number, number] {
  if (padding === 'valid') return [0, 0];
  if (padding !== 'same') return [padding[0][0], padding[1][0]];
  const before = (axis: 0 | 1): number => {
    const count = Math.ceil(sides[axis] / stride[axis]);
    return Math.floor(Math.max(0, (count - 1) * stride[axis] + reach[axis] - sides[axis]) / 2);
  };
  return [before(0), before(1)];
}

/** A place beyond the edge, back on the map: step by step. */
function inside(place: number, side: number, way: 'reflect' | 'edge' | 'wrap'): number {
  if (place >= 0 && place < side) return place;
  const isBefore = place < 0;
  if (way === 'edge') return isBefore ? 0 : side - 1;
  if (way === 'wrap') return inside(isBefore ? place + side : place - side, side, way);
  return inside(isBefore ? -place : 2 * (side - 1) - place, side, way);
}
