import type { Layer } from '../../src/network/layers/layer';
import type { Network } from '../../src/network/network';
import type { Span } from '../../src/network/tensor/span';
import type { Pair, Padding } from '../../src/network/tensor/window';

type Axis = 0 | 1;
/** Pixels that each cell along one axis sees. */
export type Pixels = readonly ReadonlySet<number>[];

/** Along one axis, straight from the definition of each kind of layer. */
export function pixelsSeen(network: Network, axis: Axis): ReadonlyMap<string, Pixels> {
  const seen = new Map<string, Pixels>();
  for (const layer of network.layers) {
    const side = layer.outputShape[axis] ?? 1;
    const sources = layer.inputs.map((name) => seen.get(name)!);
    seen.set(
      layer.name,
      sources.length === 0
        ? Array.from({ length: side }, (_, pixel) => new Set([pixel]))
        : joined(
            sources.map((source) => cells(layer, axis, source)),
            layer,
          ),
    );
  }
  return seen;
}

function union(sets: readonly (ReadonlySet<number> | undefined)[]): Set<number> {
  return new Set(sets.flatMap((set) => [...(set ?? [])]));
}

/** A map with one cell is repeated; several lists are one cell. */
function joined(sources: readonly Pixels[], { outputShape }: Layer): Pixels {
  if (sources.length === 1) return sources[0]!;
  if (outputShape.length === 1) return [union(sources.flat())];
  const length = Math.max(...sources.map((source) => source.length));
  return Array.from({ length }, (_, cell) =>
    union(sources.map((source) => source[source.length === 1 ? 0 : cell])),
  );
}

function cells(layer: Layer, axis: Axis, before: Pixels): Pixels {
  const side = layer.outputShape[axis] ?? 1;
  const windowed = (size: Pair, dilation: Pair, stride: Pair, padding: Padding): Pixels =>
    Array.from({ length: side }, (_, cell) => {
      const covered = (size[axis] - 1) * dilation[axis] + 1;
      const same = Math.max(0, (side - 1) * stride[axis] + covered - before.length);
      const pad =
        padding === 'same' ? Math.floor(same / 2) : padding === 'valid' ? 0 : padding[axis][0];
      const first = cell * stride[axis] - pad;
      return union(
        Array.from({ length: size[axis] }, (_, at) => before[first + at * dilation[axis]]),
      );
    });
  switch (layer.kind) {
    case 'Conv2D':
      return windowed(layer.kernel, layer.dilation, layer.stride, layer.padding);
    case 'MaxPooling2D':
    case 'AveragePooling2D':
      return windowed(layer.pool, [1, 1], layer.stride, layer.padding);
    case 'ZeroPadding2D': {
      const [first] = layer.padding[axis];
      return Array.from({ length: side }, (_, cell) => union([before[cell - first]]));
    }
    case 'GlobalAveragePooling2D':
    case 'Dense':
      return [union(before)];
    default:
      return before;
  }
}

/** From the first to the last of them. */
export const hull = (pixels: ReadonlySet<number> | undefined): Span | undefined =>
  pixels && pixels.size > 0 ? { first: Math.min(...pixels), last: Math.max(...pixels) } : undefined;
