import type { Layer } from './layers/layer';
import { windowAlong } from './layers/layerRules';
import type { Network } from './network';
import { layerNamed } from './network';
import { NetworkError } from './tensor/networkError';
import { mapShape } from './tensor/cell';
import { isMapShape } from './tensor/shape';
import { contains, type Area, type Span } from './tensor/span';
import { firstSeen, type Axis } from './tensor/window';

/** What each cell along one axis sees of the input, in pixels; undefined where it sees padding only. */
type AxisSight = readonly (Span | undefined)[];

interface LayerSight {
  readonly rows: AxisSight;
  readonly columns: AxisSight;
  /** Values for each cell; a flattened list keeps the cells of its map. */
  readonly depth: number;
}

/**
 * The pixels of the input that each cell of each layer depends on, clipped at the borders of the input and of all maps
 * between. As spans, gaps (dilation, stride above size) are included. Building it takes O(cells · kernel side).
 */
export class Sight {
  private readonly layers = new Map<string, LayerSight>();

  constructor(private readonly network: Network) {
    for (const layer of network.layers) {
      const before = layer.inputs.flatMap((name) => this.layers.get(name) ?? []);
      this.layers.set(layer.name, sightOf(layer, before));
    }
  }

  /** The pixels that a cell sees; undefined where it sees padding only, or where there is no such cell. */
  cellSees(layer: string, row: number, column: number): Area | undefined {
    const sight = this.of(layer);
    const rows = sight.rows[row];
    const columns = sight.columns[column];
    return rows && columns && { rows, columns };
  }

  /** The cell of unit `unit` of a flat list; row 0, column 0 where every unit sees all. */
  cellOfUnit(layer: string, unit: number): { readonly row: number; readonly column: number } {
    const { columns, depth } = this.of(layer);
    const cell = Math.floor(unit / depth);
    return { row: Math.floor(cell / columns.length), column: cell % columns.length };
  }

  /** Units of each cell of a list, and cells in a row. */
  unitsOf(layer: string): { readonly depth: number; readonly columns: number } {
    const { columns, depth } = this.of(layer);
    return { depth, columns: columns.length };
  }

  /** The cells that see a pixel, by layer; without layers that it does not reach. */
  cellsReachedBy(row: number, column: number): ReadonlyMap<string, Area> {
    const reached = new Map<string, Area>();
    for (const [name, sight] of this.layers) {
      const rows = seeing(sight.rows, row);
      const columns = seeing(sight.columns, column);
      if (rows && columns) reached.set(name, { rows, columns });
    }
    return reached;
  }

  private of(name: string): LayerSight {
    const sight = this.layers.get(name);
    if (sight) return sight;
    throw new NetworkError(`${layerNamed(this.network, name).name} sees nothing`);
  }
}

/** From the first to the last cell that sees a pixel; a dilated window at the border may skip cells between. */
function seeing(axis: AxisSight, pixel: number): Span | undefined {
  const sees = (span: Span | undefined): boolean => span !== undefined && contains(span, pixel);
  const first = axis.findIndex(sees);
  if (first < 0) return undefined;
  return { first, last: axis.findLastIndex(sees) };
}

function sightOf(layer: Layer, before: readonly LayerSight[]): LayerSight {
  const { outputShape } = layer;
  if (before.length === 0) {
    const [rows, columns, depth] = mapShape(outputShape);
    return { rows: pixels(rows), columns: pixels(columns), depth };
  }
  const rows = lookThroughAll(
    layer,
    0,
    before.map((sight) => sight.rows),
  );
  const columns = lookThroughAll(
    layer,
    1,
    before.map((sight) => sight.columns),
  );
  const size = outputShape.at(-1) ?? 1;
  if (isMapShape(outputShape)) return { rows, columns, depth: size };
  // Several lists may come from maps of different sizes, so they become one cell.
  if (before.length > 1) return { rows: [united(rows)], columns: [united(columns)], depth: size };
  return { rows, columns, depth: size / (rows.length * columns.length) };
}

function pixels(count: number): AxisSight {
  return Array.from({ length: count }, (_, pixel) => ({ first: pixel, last: pixel }));
}

/** What a layer's cells see through those of all its inputs; an input with one cell is repeated. */
function lookThroughAll(layer: Layer, axis: Axis, before: readonly AxisSight[]): AxisSight {
  const seen = before.map((cells) => lookThrough(layer, axis, cells));
  const length = Math.max(...seen.map((cells) => cells.length));
  return Array.from({ length }, (_, cell) =>
    united(seen.map((cells) => cells[cells.length === 1 ? 0 : cell])),
  );
}

function lookThrough(layer: Layer, axis: Axis, before: AxisSight): AxisSight {
  const window = windowAlong(layer, before.length, axis);
  if (!window) return before;
  const { size, stride, dilation, padBefore, cells } = window;
  return Array.from({ length: cells }, (_, cell) => {
    const from = firstSeen({ stride, padBefore }, cell);
    return united(Array.from({ length: size }, (_, at) => before[from + at * dilation]));
  });
}

function united(spans: AxisSight): Span | undefined {
  const seen = spans.filter((span) => span !== undefined);
  if (seen.length === 0) return undefined;
  return {
    first: Math.min(...seen.map(({ first }) => first)),
    last: Math.max(...seen.map(({ last }) => last)),
  };
}
