import type { Layer } from './layers/layer';
import { windowAlong } from './layers/layerRules';
import type { Network } from './network';
import { mapShape } from './tensor/cell';
import { isMapShape } from './tensor/shape';
import type { Axis, AxisWindow } from './tensor/window';
import { firstSeen, reach } from './tensor/window';

/** Which pixels of the network's input one cell can see along one axis. */
export interface AxisField {
  readonly size: number;
  /** Distance between the fields of two neighbouring cells. */
  readonly stride: number;
  /** The first pixel that cell 0 sees; below 0 where it reaches into the padding. */
  readonly start: number;
}

/** Receptive field of cell 0 in pixels of the input, and its stride; unclipped. */
export interface ReceptiveField {
  readonly rows: AxisField;
  readonly columns: AxisField;
}

/** A field, and how many cells stand along the axis. */
interface Seen extends AxisField {
  readonly cells: number;
}

/**
 * The receptive field of every layer by name, in pixels of the input, not clipped at its border (Araujo, Norris, Sim
 * 2019, "Computing receptive fields"). Where several inputs meet, it is the smallest field of one size and stride that
 * holds what every cell sees through any of them.
 */
export function receptiveFields(network: Network): ReadonlyMap<string, ReceptiveField> {
  const rows = alongAxis(network, 0);
  const columns = alongAxis(network, 1);
  return new Map(
    network.layers.map(({ name }) => [
      name,
      { rows: rows.get(name) ?? onePixel, columns: columns.get(name) ?? onePixel },
    ]),
  );
}

const onePixel: AxisField = { size: 1, stride: 1, start: 0 };

function alongAxis(network: Network, axis: Axis): ReadonlyMap<string, AxisField> {
  const seen = new Map<string, Seen>();
  for (const layer of network.layers) {
    const before = layer.inputs.flatMap((name) => seen.get(name) ?? []);
    const grown = before.map((field) => grow(field, layer, axis));
    seen.set(layer.name, meet(grown, layer, axis));
  }
  return new Map(
    [...seen].map(([name, { size, stride, start }]) => [name, { size, stride, start }]),
  );
}

function grow(before: Seen, layer: Layer, axis: Axis): Seen {
  const window = windowAlong(layer, before.cells, axis);
  if (!window) return before;
  const { first, spread } = starts(window);
  return {
    size: before.size + (reach(window) - 1 + spread) * before.stride,
    stride: before.stride * window.stride,
    start: before.start + first * before.stride,
    cells: window.cells,
  };
}

/** Where windows begin, less what their stride says: between `first` and `first + spread`, as they begin at whole cells. */
function starts(window: AxisWindow): { readonly first: number; readonly spread: number } {
  const { stride, padBefore, cells } = window;
  if (Number.isInteger(stride)) return { first: -padBefore, spread: 0 };
  let [least, most] = [Infinity, -Infinity];
  for (let cell = 0; cell < cells; cell++) {
    const offset = firstSeen(window, cell) - cell * stride;
    least = Math.min(least, offset);
    most = Math.max(most, offset);
  }
  return { first: least, spread: most - least };
}

/** The field where several inputs meet; lists become one cell, as in Sight. */
function meet(fields: readonly Seen[], { outputShape }: Layer, axis: Axis): Seen {
  if (fields.length === 0) return { ...onePixel, cells: mapShape(outputShape)[axis] };
  if (fields.length === 1 || isMapShape(outputShape)) return fields.reduce(united);
  return fields.map(wholeField).reduce(united);
}

/**
 * The union of two fields, with the stride of the map that has more cells. Relative to it, the other field drifts from
 * cell to cell where its stride differs or it is a single repeated cell: the union holds it at the first and last cell.
 */
function united(a: Seen, b: Seen): Seen {
  const [map, other] = a.cells >= b.cells ? [a, b] : [b, a];
  const otherStride = other.cells === map.cells ? other.stride : 0;
  const drift = (otherStride - map.stride) * (map.cells - 1);
  const start = Math.min(map.start, other.start + Math.min(0, drift));
  const end = Math.max(map.start + map.size, other.start + other.size + Math.max(0, drift));
  return { ...map, start, size: end - start };
}

/** The union of all cells' fields, as one cell. */
function wholeField({ size, stride, start, cells }: Seen): Seen {
  return { size: size + (cells - 1) * stride, stride, start, cells: 1 };
}
