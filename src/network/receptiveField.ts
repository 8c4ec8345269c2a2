import type { Layer } from './layers/layer';
import { windowAlong } from './layers/layerRules';
import type { Network } from './network';
import type { Axis } from './tensor/window';
import { reach } from './tensor/window';

/** Which pixels of the network's input one cell can see along one axis. */
export interface AxisField {
  readonly size: number;
  /** Distance between the fields of two neighbouring cells. */
  readonly stride: number;
  /** The first pixel that cell 0 sees; below 0 where it reaches into the padding. */
  readonly start: number;
}

/** What a cell can see of the network's input, in its pixels. */
export interface ReceptiveField {
  readonly rows: AxisField;
  readonly columns: AxisField;
}

/** A field, and how many cells stand along the axis. */
interface Seen extends AxisField {
  readonly cells: number;
}

/**
 * The receptive field of every layer, by name (Araujo, Norris, Sim 2019, "Computing receptive fields"). Where several
 * inputs meet, a cell sees what it sees through any of them.
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
    const cells = layer.outputShape[axis] ?? 1;
    const grown = before.map((field) => grow(field, layer, axis));
    seen.set(layer.name, grown.length === 0 ? { ...onePixel, cells } : grown.reduce(united));
  }
  return new Map(
    [...seen].map(([name, { size, stride, start }]) => [name, { size, stride, start }]),
  );
}

function grow(before: Seen, layer: Layer, axis: Axis): Seen {
  const window = windowAlong(layer, before.cells, axis);
  if (!window) return before;
  return {
    size: before.size + (reach(window) - 1) * before.stride,
    stride: before.stride * window.stride,
    start: before.start - window.padBefore * before.stride,
    cells: window.cells,
  };
}

/** The union of two fields; the map of more cells says how far neighbours are apart, as the other one is repeated. */
function united(a: Seen, b: Seen): Seen {
  const start = Math.min(a.start, b.start);
  const end = Math.max(a.start + a.size, b.start + b.size);
  const { stride, cells } = a.cells >= b.cells ? a : b;
  return { size: end - start, stride, start, cells };
}
