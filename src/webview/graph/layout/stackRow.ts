import type { Route } from './routes';
import { labelHeight } from './placedNode';
import { lineGap, type SizedColumn, type SizedNode } from './rowPlacement';

/** Columns from `first` up to `end`, which is the next row's first. */
export interface RowColumns {
  readonly first: number;
  readonly end: number;
}

/** Heights of one row, from the floor of its main line; up is below 0. */
export interface RowHeights {
  readonly top: number;
  /** The line that brackets stand on. */
  readonly bracket: number;
  readonly lanes: readonly Lane[];
  /** Where lines above the blocks run, by the id of the node that they leave. */
  readonly above: ReadonlyMap<string, number>;
  readonly bottom: number;
}

interface Lane {
  readonly floor: number;
  /** Where arrows run. */
  readonly level: number;
}

/** Room above a row for its brackets and their titles. */
const bracketHeight = 34;
const bracketClearance = 9;
const laneGap = 10;
/** Arrows leave and reach blocks this far above the floor that a lane stands on, at the most. */
const arrowHeight = 26;
/** Height of a lane that has no blocks, only a line. */
const emptyLane = 12;
const clearance = 9;

/** The columns that an arrow passes in a row where it begins or ends: undefined where there are none. */
function passed(
  { from, to }: Route,
  { first, end }: RowColumns,
): { readonly first: number; readonly last: number } | undefined {
  const isIn = (column: number): boolean => first <= column && column < end;
  if (!isIn(from.column) && !isIn(to.column)) return undefined;
  const span = { first: Math.max(first, from.column + 1), last: Math.min(end, to.column) - 1 };
  return span.first <= span.last ? span : undefined;
}

/** Stacks the lanes of a row, and above them the lines that pass over blocks. */
export function stackRow(
  columns: readonly SizedColumn[],
  row: RowColumns,
  routes: readonly Route[],
): RowHeights {
  const nodes = columns.slice(row.first, row.end).flatMap((column) => column.nodes);
  const passing = routes.filter((route) => passed(route, row) !== undefined);
  const lanes = stackLanes(nodes, passing);
  const above = linesAbove(columns, row, passing, lanes[0]?.level ?? 0);
  const rise = ({ size }: SizedNode): number => size.height + size.depthY;
  const main = nodes.filter(({ standing }) => standing.lane === 0);
  const lines = -Math.min(0, ...above.values());
  const isInBlock = ({ standing }: SizedNode): boolean => standing.node.block !== undefined;
  const hasBrackets = nodes.some(isInBlock);
  const blocks = Math.max(lines, ...main.filter(isInBlock).map(rise));
  const other = Math.max(lines + (lines > 0 ? clearance : 0), ...main.map(rise));
  const last = lanes.length - 1;
  return {
    top: -Math.max(other, hasBrackets ? blocks + bracketHeight : 0),
    bracket: -blocks - bracketClearance,
    lanes,
    above,
    bottom: (lanes[last]?.floor ?? 0) + tail(nodes, last),
  };
}

function stackLanes(nodes: readonly SizedNode[], passing: readonly Route[]): readonly Lane[] {
  const runs = passing.map(({ along }) => (along === 'above' ? 0 : along));
  const count = Math.max(0, ...runs, ...nodes.map(({ standing }) => standing.lane)) + 1;
  const lanes: Lane[] = [];
  let floor = 0;
  for (let lane = 0; lane < count; lane++) {
    const sizes = nodes.filter(({ standing }) => standing.lane === lane).map(({ size }) => size);
    const rise = Math.max(emptyLane, ...sizes.map(({ height, depthY }) => height + depthY));
    if (lane > 0) floor += tail(nodes, lane - 1) + laneGap + rise;
    const least = Math.min(...sizes.map(({ height }) => height));
    const level = Math.min(arrowHeight, Math.max(least / 2, least - 6));
    lanes.push({ floor, level: floor - (sizes.length > 0 ? level : emptyLane / 2) });
  }
  return lanes;
}

/** Room under a lane's floor. */
function tail(nodes: readonly SizedNode[], lane: number): number {
  return nodes.some(({ standing }) => standing.lane === lane) ? labelHeight : 0;
}

/** Lines that overlap stand one above the other, the shortest lowest. */
function linesAbove(
  columns: readonly SizedColumn[],
  row: RowColumns,
  passing: readonly Route[],
  level: number,
): ReadonlyMap<string, number> {
  const spans = new Map<string, { first: number; last: number }>();
  for (const route of passing) {
    const span = passed(route, row);
    if (route.along !== 'above' || !span) continue;
    const { id } = route.from.node;
    const known = spans.get(id) ?? span;
    spans.set(id, {
      first: Math.min(known.first, span.first),
      last: Math.max(known.last, span.last),
    });
  }
  const placed: { first: number; last: number; y: number }[] = [];
  const above = new Map<string, number>();
  const byLength = [...spans].sort(([, a], [, b]) => a.last - a.first - (b.last - b.first));
  for (const [id, { first, last }] of byLength) {
    const under = columns.slice(first, last + 1).flatMap(({ nodes }) => nodes);
    const tops = under
      .filter(({ standing }) => standing.lane === 0)
      .map(({ size }) => -size.height - size.depthY - clearance);
    const crossed = placed.filter((other) => other.first <= last + 1 && first <= other.last + 1);
    const y = Math.min(level - 2 * lineGap, ...tops, ...crossed.map((other) => other.y - lineGap));
    placed.push({ first, last, y });
    above.set(id, y);
  }
  return above;
}
