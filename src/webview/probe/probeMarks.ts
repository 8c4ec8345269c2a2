import { inputSize } from '../../network/inputShape';
import { inputName, type Network } from '../../network/network';
import { Sight } from '../../network/sight';
import type { LayerSummary } from '../../network/summary';
import type { Area } from '../../network/tensor/span';
import type { RunView } from '../../protocol/panelProtocol';
import type { MapCell } from '../draw/grid';
import { unitGrid } from '../draw/grid';
import type { Rect, Size } from '../draw/rect';
import { areaRect, partOf, partOfPicture, unitRects } from './areaRects';
import type { Probe } from './probe';
import { probeWords } from './probeWords';

/** What stands out where something is pointed at. Rectangles are parts of what they are drawn on, from 0 to 1. */
export interface ProbeMarks {
  /** On the picture as it was, and on what the network saw. */
  readonly picture: Rect | undefined;
  readonly seen: Rect | undefined;
  /** On each layer's map as it is drawn. */
  readonly maps: ReadonlyMap<string, readonly Rect[]>;
  readonly words: string;
}

/** What is drawn, of which network, with which picture. */
export interface Probed {
  readonly network: Network;
  readonly layers: readonly LayerSummary[];
  readonly run: RunView;
  /** The layer whose map a pixel's words are about. */
  readonly about: string | undefined;
}

const sights = new WeakMap<Network, Sight>();

/** Marks from geometry alone; nothing is run. Undefined where there is no such cell or pixel. */
export function probeMarks(probed: Probed, probe: Probe): ProbeMarks | undefined {
  const isPixel = probe.kind === 'pixel' || probe.layer === inputName(probed.network);
  return isPixel ? pixelMarks(probed, probe) : cellMarks(probed, probe);
}

/** A map's cells as they are drawn: a flat list becomes a grid. */
export function drawnGrid({ outputShape }: LayerSummary): Size {
  const [rows = 1, width] = outputShape;
  if (width !== undefined) return { width, height: rows };
  const grid = unitGrid(rows);
  return { width: grid.columns, height: grid.rows };
}

function cellMarks(
  { network, layers, run }: Probed,
  { layer, row, column }: Extract<Probe, { readonly kind: 'cell' }>,
): ProbeMarks | undefined {
  const summary = layers.find(({ name }) => name === layer);
  if (!summary) return undefined;
  const grid = drawnGrid(summary);
  const flat = summary.outputShape.length === 1;
  const unit = row * grid.width + column;
  if (row >= grid.height || column >= grid.width) return undefined;
  if (flat && unit >= (summary.outputShape[0] ?? 0)) return undefined;
  const sight = sightOf(network);
  const cell = flat ? sight.cellOfUnit(layer, unit) : { row, column };
  const sees = sight.cellSees(layer, cell.row, cell.column);
  const input = inputSize(network);
  const own = partOf({ x: column, y: row, width: 1, height: 1 }, grid);
  const seen = sees && partOf(areaRect(sees), input);
  return {
    picture: sees && partOfPicture(sees, run, run.preprocess.fit, input),
    seen,
    maps: new Map([...(seen ? ([[inputName(network), [seen]]] as const) : []), [layer, [own]]]),
    words: probeWords.cell(layer, flat ? { unit } : { row, column }, sees),
  };
}

function pixelMarks(
  { network, layers, run, about }: Probed,
  { row, column }: MapCell,
): ProbeMarks | undefined {
  const input = inputSize(network);
  if (row < 0 || column < 0 || row >= input.height || column >= input.width) return undefined;
  const sight = sightOf(network);
  const reached = sight.cellsReachedBy(row, column);
  const pixel = { rows: { first: row, last: row }, columns: { first: column, last: column } };
  const maps = layers.flatMap((layer) => {
    const area = reached.get(layer.name);
    return area ? [[layer.name, drawnRects(sight, layer, area)] as const] : [];
  });
  const asked = layers.find(({ name }) => name === about && name !== inputName(network));
  const told = asked ?? lastMap(layers);
  return {
    picture: partOfPicture(pixel, run, run.preprocess.fit, input),
    seen: partOf(areaRect(pixel), input),
    maps: new Map(maps),
    words: told ? pixelWords(sight, { row, column }, told, reached.get(told.name)) : '',
  };
}

function pixelWords(
  sight: Sight,
  { row, column }: MapCell,
  layer: LayerSummary,
  area: Area | undefined,
): string {
  const reached = area && { area, depth: sight.unitsOf(layer.name).depth };
  return probeWords.pixel(row, column, layer, reached);
}

function drawnRects(sight: Sight, layer: LayerSummary, area: Area): readonly Rect[] {
  const grid = drawnGrid(layer);
  const rects =
    layer.outputShape.length === 1
      ? unitRects(area, sight.unitsOf(layer.name), grid.width)
      : [areaRect(area)];
  return rects.map((rect) => partOf(rect, grid));
}

function lastMap(layers: readonly LayerSummary[]): LayerSummary | undefined {
  return layers.filter(({ outputShape }) => outputShape.length === 3).at(-1);
}

function sightOf(network: Network): Sight {
  const sight = sights.get(network) ?? new Sight(network);
  sights.set(network, sight);
  return sight;
}
