import { activate } from './plainActivations';
import { at, cells, range, sumOf, type Plain, type Values } from './plainCells';

/** The kinds that models of files have besides those of AlexNet, by nested loops. */
type Kinds =
  | 'Conv2DTranspose'
  | 'LayerNormalization'
  | 'GroupNormalization'
  | 'UnitNormalization'
  | 'Normalization'
  | 'LayerScale'
  | 'Offset'
  | 'Matmul'
  | 'PReLU'
  | 'GlobalMaxPooling2D'
  | 'Cropping2D'
  | 'Resize'
  | 'Reshape'
  | 'Permute'
  | 'Slice'
  | 'Identity';

export const plainKinds: { readonly [K in Kinds]: Plain<K> } = {
  Conv2DTranspose(layer, [input], weight) {
    const { kernel, stride, padding, filters, useBias, activation, outputShape } = layer;
    const [height, width, channels] = input.shape as [number, number, number];
    const values = weight('kernel');
    const sums = cells(outputShape).map(([, , f]) => (useBias ? weight('bias')[f]! : 0));
    // Every value is spread by the kernel, as the layer's name says.
    for (const [y, x, c] of cells([height, width, channels])) {
      for (const [ky, kx, f] of cells([...kernel, filters])) {
        const row = y * stride[0] + ky - padding[0][0];
        const column = x * stride[1] + kx - padding[1][0];
        const isIn = row >= 0 && column >= 0 && row < outputShape[0]! && column < outputShape[1]!;
        if (!isIn) continue;
        const factor = values[((ky * kernel[1] + kx) * channels + c) * filters + f]!;
        sums[(row * outputShape[1]! + column) * filters + f]! += at(input, y, x, c)! * factor;
      }
    }
    return activate(sums, activation, filters);
  },
  LayerNormalization({ epsilon, scale, center }, [{ shape, data }], weight) {
    const channels = shape.at(-1)!;
    return [...data].map((x, i) => {
      const cell = [...data.subarray(i - (i % channels), i - (i % channels) + channels)];
      const gamma = scale ? weight('gamma')[i % channels]! : 1;
      return standard(x, cell, epsilon) * gamma + (center ? weight('beta')[i % channels]! : 0);
    });
  },
  GroupNormalization({ epsilon, scale, center, groups }, [{ shape, data }], weight) {
    const channels = shape.at(-1)!;
    const groupOf = (i: number): number => Math.floor((i % channels) / (channels / groups));
    const members = range(groups).map((group) => [...data].filter((_, i) => groupOf(i) === group));
    return [...data].map((x, i) => {
      const gamma = scale ? weight('gamma')[i % channels]! : 1;
      const beta = center ? weight('beta')[i % channels]! : 0;
      return standard(x, members[groupOf(i)]!, epsilon) * gamma + beta;
    });
  },
  UnitNormalization(_, [{ shape, data }]) {
    const channels = shape.at(-1)!;
    return [...data].map((x, i) => {
      const cell = data.subarray(i - (i % channels), i - (i % channels) + channels);
      return x / Math.hypot(...cell);
    });
  },
  Normalization({ given, invert }, [{ shape, data }], weight) {
    const channels = shape.at(-1)!;
    return [...data].map((x, i) => {
      const of = (name: 'mean' | 'variance'): number =>
        (given?.[name] ?? weight(name))[i % channels]!;
      const deviation = Math.sqrt(of('variance'));
      return invert ? x * deviation + of('mean') : (x - of('mean')) / deviation;
    });
  },
  LayerScale: (_, [{ shape, data }], weight) =>
    [...data].map((x, i) => x * weight('gamma')[i % shape.at(-1)!]!),
  PReLU({ sharedAxes }, [{ shape, data }], weight) {
    const own = shape.map((size, axis) => (sharedAxes.includes(axis) ? 1 : size));
    return cells(shape).map(([y, x, c], i) => {
      const place = shape.length === 3 ? [y, x, c] : [c];
      const index = place.reduce((sum, p, axis) => sum * own[axis]! + (p % own[axis]!), 0);
      return data[i]! * (data[i]! > 0 ? 1 : weight('alpha')[index]!);
    });
  },
  Offset({ sharedAxes }, [{ shape, data }], weight) {
    const own = shape.map((size, axis) => (sharedAxes.includes(axis) ? 1 : size));
    return range(sizeOf(shape)).map((i) => {
      const place = shape.map((size, axis) => Math.floor(i / sizeOf(shape.slice(axis + 1))) % size);
      const index = place.reduce((sum, p, axis) => sum * own[axis]! + (p % own[axis]!), 0);
      return data[i]! + weight('bias')[index]!;
    });
  },
  Matmul({ outputShape }, [a, b]) {
    const inner = a.shape.at(-1)!;
    const placed = ({ shape, data }: Values, place: readonly number[]): number =>
      data[place.reduce((sum, p, axis) => sum * shape[axis]! + (p % shape[axis]!), 0)]!;
    return range(sizeOf(outputShape)).map((i) => {
      const place = outputShape.map(
        (size, axis) => Math.floor(i / sizeOf(outputShape.slice(axis + 1))) % size,
      );
      const [row, column] = place.slice(-2) as [number, number];
      const stack = place.slice(0, -2);
      return sumOf(
        range(inner).map((k) => placed(a, [...stack, row, k]) * placed(b!, [...stack, k, column])),
      );
    });
  },
  GlobalMaxPooling2D(_, [input]) {
    const [height, width, channels] = input.shape as [number, number, number];
    return range(channels).map((c) =>
      Math.max(...cells([height, width, 1]).map(([y, x]) => at(input, y, x, c)!)),
    );
  },
  Cropping2D: ({ cropping: [[top], [left]], outputShape }, [input]) =>
    cells(outputShape).map(([y, x, c]) => at(input, y + top, x + left, c)!),
  Resize({ size, interpolation, shares, outputShape }, [input]) {
    if (shares) {
      return cells(outputShape).map(([y, x, c]) =>
        sumOf(
          shares[0][y]!.flatMap((down) =>
            shares[1][x]!.map(
              (across) => down.share * across.share * at(input, down.at, across.at, c)!,
            ),
          ),
        ),
      );
    }
    const sides = input.shape as [number, number, number];
    return cells(outputShape).map(([y, x, c]) => {
      const middle = ([y, x] as const).map(
        (place, axis) => ((place + 0.5) * sides[axis]!) / size[axis]!,
      );
      const [down, across] = middle as [number, number];
      if (interpolation === 'nearest') return at(input, Math.floor(down), Math.floor(across), c)!;
      return sumOf(
        cells([...sides.slice(0, 2), 1]).map(([row, column]) => {
          const share = tent(down, row, sides[0]) * tent(across, column, sides[1]);
          return share === 0 ? 0 : share * at(input, row, column, c)!;
        }),
      );
    });
  },
  Reshape: (_, [{ data }]) => [...data],
  Permute({ axes, outputShape }, [{ shape, data }]) {
    const result = Array<number>(data.length);
    for (const [i, value] of data.entries()) {
      const place = shape.map((size, axis) => Math.floor(i / sizeOf(shape.slice(axis + 1))) % size);
      const to = axes.reduce((sum, axis, at) => sum * outputShape[at]! + place[axis]!, 0);
      result[to] = value;
    }
    return result;
  },
  Slice({ starts, steps, counts }, [{ shape, data }]) {
    return range(sizeOf(counts)).map((i) => {
      const place = counts.map(
        (size, axis) => Math.floor(i / sizeOf(counts.slice(axis + 1))) % size,
      );
      const from = place.map((along, axis) => starts[axis]! + along * steps[axis]!);
      return data[from.reduce((sum, along, axis) => sum * shape[axis]! + along, 0)]!;
    });
  },
  Identity: (_, [{ data }]) => [...data],
};

function standard(x: number, of: readonly number[], epsilon: number): number {
  const mean = sumOf(of) / of.length;
  const variance = sumOf(of.map((value) => (value - mean) ** 2)) / of.length;
  return (x - mean) / Math.sqrt(variance + epsilon);
}

/** The share of a cell in what lies at `middle`: 1 over its own middle, 0 one cell away, and all beyond the first and last. */
function tent(middle: number, cell: number, side: number): number {
  const place = Math.min(side - 0.5, Math.max(0.5, middle));
  return Math.max(0, 1 - Math.abs(place - cell - 0.5));
}

function sizeOf(shape: Values['shape']): number {
  return shape.reduce((product, size) => product * size, 1);
}
