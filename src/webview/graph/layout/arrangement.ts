import {
  breakRows,
  lastLine,
  rowGap,
  sideMargin,
  type BrokenRows,
  type GraphPlan,
  type Scaling,
} from './breakRows';
import type { Route } from './routes';
import { lineGap, tightWidth, rightEdge, spreadRow } from './rowPlacement';
import { stackRow, type RowColumns, type RowHeights } from './stackRow';
import type { Size } from '../../draw/rect';

export interface ArrangedRow extends RowColumns {
  /** Where the faces of each column begin. */
  readonly starts: readonly number[];
  readonly heights: RowHeights;
  /** The floor of the main line. */
  readonly floor: number;
  /** Where the lines in the gap above it run, by their number. */
  readonly gapLine: (line: number) => number;
}

/** Rows in pixels, from 0, 0. */
export interface Arrangement extends Size, Pick<BrokenRows, 'columns' | 'crossings'> {
  readonly rows: readonly ArrangedRow[];
  /** Where the first line runs in the left margin and in the right one. */
  readonly left: number;
  readonly right: number;
}

const margin = { top: 10, bottom: 14 } as const;
/** How far from the blocks an arrow runs in a margin. */
const marginLine = 16;
/** An arrow may be stretched by this much to bring rows to one width. */
const mostStretch = 140;
const mostExtraGap = 72;

/** Rows no wider than `width`, with faces at `scale`. */
export function arrange(plan: GraphPlan, scaling: Scaling): Arrangement {
  return stackRows(plan, breakRows(plan, scaling));
}

/** Puts rows one under the other, with `extraGap` more pixels between them. */
export function stackRows(plan: GraphPlan, broken: BrokenRows, extraGap = 0): Arrangement {
  const { columns, rows, crossings, room } = broken;
  const gap = rowGap + Math.min(extraGap, mostExtraGap);
  const x = sideMargin + lineGap * lastLine(broken, 'left');
  const inRows = rows.map(({ first, end }) => columns.slice(first, end));
  const common = Math.min(
    room,
    Math.max(...inRows.map((inRow) => tightWidth(inRow))) + mostStretch * 4,
  );
  const ending = endingIn(plan.routes, rows);
  const arranged: ArrangedRow[] = [];
  let [bottom, right] = [0, 0];
  for (const [at, row] of rows.entries()) {
    const heights = stackRow(columns, row, ending[at] ?? []);
    const lines = crossings.filter(({ toRow }) => toRow === at).length;
    const above = gap + lineGap * Math.max(0, lines - 1);
    const middle = bottom + above / 2 - 4;
    const floor = (at === 0 ? margin.top : bottom + above) - heights.top;
    const inRow = inRows[at] ?? [];
    const starts = spreadRow(inRow, common, mostStretch).map((start) => x + start);
    const gapLine = (line: number): number => middle + (line - (lines - 1) / 2) * lineGap;
    arranged.push({ ...row, starts, heights, floor, gapLine });
    bottom = floor + heights.bottom;
    const ends = (inRow.at(-1)?.nodes ?? []).map((node) => rightEdge(node, starts.at(-1) ?? 0));
    right = Math.max(right, ...ends);
  }
  return {
    columns,
    rows: arranged,
    crossings,
    left: x - marginLine,
    right: right + marginLine,
    width: right + sideMargin + lineGap * lastLine(broken, 'right'),
    height: bottom + margin.bottom,
  };
}

/** The routes that begin or end in each row. */
function endingIn(
  routes: readonly Route[],
  rows: readonly RowColumns[],
): readonly (readonly Route[])[] {
  const rowOf = rows.flatMap(({ first, end }, row) => new Array<number>(end - first).fill(row));
  const ending = rows.map((): Route[] => []);
  for (const route of routes) {
    const [from = 0, to = 0] = [rowOf[route.from.column], rowOf[route.to.column]];
    ending[from]?.push(route);
    if (to !== from) ending[to]?.push(route);
  }
  return ending;
}
