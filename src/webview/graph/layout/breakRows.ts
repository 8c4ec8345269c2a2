import { blockSize } from './blockSize';
import { standInColumns, type Columns } from './columns';
import type { GraphNode } from './graphNodes';
import { chevronRoom, labelHeight } from './placedNode';
import { routeArrows, type Route, type Routes } from './routes';
import { lineGap, sizeColumn, TightRow, type SizedColumn } from './rowPlacement';
import type { RowColumns } from './stackRow';
import { balanceRows, wrapRows } from './wrapRows';

/** The width of a text in pixels, as the page's font draws it. */
export type MeasureText = (text: string) => number;

/** All that is the same at every size: where nodes stand among each other, the ways of arrows, widths of labels. */
export interface GraphPlan extends Columns, Routes {
  readonly labelWidths: readonly number[];
  /** Of the title over each node that is folded, its sign included; 0 for others. */
  readonly titleWidths: readonly number[];
}

export interface Scaling {
  readonly width: number;
  readonly scale: number;
}

/** An arrow that goes on in a later row, over the right margin, the gap above that row, and the left margin. */
export interface Crossing {
  /** The id of the node that it leaves; arrows from one node to one row share their way. */
  readonly from: string;
  readonly fromRow: number;
  readonly toRow: number;
  /** Its line in the right margin, in the gap and in the left margin, each counted from 0. */
  readonly right: number;
  readonly gap: number;
  readonly left: number;
}

/** Columns broken into rows. */
export interface BrokenRows {
  readonly columns: readonly SizedColumn[];
  readonly rows: readonly RowColumns[];
  readonly crossings: readonly Crossing[];
  /** How wide a row may be. */
  readonly room: number;
}

/** Names stand in bold and a pixel higher than the lines that `measure` is for. */
const nameWidth = 1.17;
/** So much of the room between labels a name may take. */
const nameOverhang = 7;
/** Left and right of the rows: labels may need it, and an arrow from one row to the next does. */
export const sideMargin = 30;
/** Room between two rows, where the arrow runs back. */
export const rowGap = 26;

export function planGraph(nodes: readonly GraphNode[], measure: MeasureText): GraphPlan {
  const columns = standInColumns(nodes);
  const labelWidths = nodes.map(({ lines }) => {
    const [name = 0, ...details] = lines.map(measure);
    return Math.max(name, nameWidth * name - nameOverhang, ...details);
  });
  const titleWidths = nodes.map(({ folded, id }) => (folded ? measure(id) + chevronRoom : 0));
  return { ...columns, ...routeArrows(columns), labelWidths, titleWidths };
}

/** Breaks the columns into rows no wider than `width`, with faces at `scale`; text keeps its size. */
export function breakRows(plan: GraphPlan, scaling: Scaling): BrokenRows {
  const columns = sizeColumns(plan, scaling.scale);
  const groups = groupsOf(columns);
  const within = (room: number): BrokenRows => {
    const { ends } = balanceRows(columns, groups, room, new TightRow());
    const rows = ends.map((end, row) => ({ first: ends[row - 1] ?? 0, end }));
    return { columns, rows, crossings: crossRows(plan.routes, rows), room };
  };
  const room = scaling.width - 2 * sideMargin;
  const broken = within(room);
  const sides = lineGap * (lastLine(broken, 'left') + lastLine(broken, 'right'));
  return sides > 0 ? within(room - sides) : broken;
}

/** As high are the rows at least: what does not fit even so need not be arranged. */
export function leastHeight(plan: GraphPlan, { width, scale }: Scaling): number {
  const columns = sizeColumns(plan, scale);
  const { ends } = wrapRows(columns, groupsOf(columns), width - 2 * sideMargin, new TightRow());
  const rises = columns.map(({ nodes }) => Math.max(...nodes.map(({ size }) => size.height)));
  return ends.length * (Math.min(...rises) + labelHeight + rowGap) - rowGap;
}

/** How many brackets the rows have: one for each run of a block's columns. */
export function countBrackets({ columns, rows }: BrokenRows): number {
  const blocks = rows.map(({ first, end }) => {
    const titles = columns.slice(first, end).flatMap(({ block }) => block ?? []);
    return new Set(titles).size;
  });
  return blocks.reduce((sum, count) => sum + count, 0);
}

/** The outermost line of a margin. */
export function lastLine(
  { crossings }: Pick<BrokenRows, 'crossings'>,
  side: 'left' | 'right',
): number {
  return Math.max(0, ...crossings.map((crossing) => crossing[side]));
}

function sizeColumns(plan: GraphPlan, scale: number): readonly SizedColumn[] {
  return plan.columns.map((standings, column) => {
    const nodes = standings.map((standing) => ({
      standing,
      size: blockSize(standing.node, scale),
      labelWidth: plan.labelWidths[standing.index] ?? 0,
      titleWidth: plan.titleWidths[standing.index] ?? 0,
    }));
    return sizeColumn(nodes, plan.gaps[column] ?? []);
  });
}

/** Where each run of columns of one block ends. */
function groupsOf(columns: readonly SizedColumn[]): readonly number[] {
  const ends = columns.map((_, at) => at + 1);
  return ends.filter((end) => {
    const block = columns[end - 1]?.block;
    return block === undefined || columns[end]?.block !== block;
  });
}

interface Way {
  readonly from: string;
  readonly fromRow: number;
  readonly depth: number;
}

/** Arrows from one row to another; those that end lowest run highest in the gap and outermost in the left margin. */
function crossRows(routes: readonly Route[], rows: readonly RowColumns[]): readonly Crossing[] {
  const rowOf = rows.flatMap(({ first, end }, row) => new Array<number>(end - first).fill(row));
  const into = rows.map(() => new Map<string, Way>());
  for (const { from, to, along } of routes) {
    const [fromRow = 0, toRow = 0] = [rowOf[from.column], rowOf[to.column]];
    if (fromRow === toRow) continue;
    const isFirst = rows[toRow]?.first === to.column;
    const isAbove = along === 'above';
    const depth = isFirst ? to.lane - (isAbove ? 0.5 : 0) : isAbove ? -1 : along;
    const { id } = from.node;
    const before = into[toRow]?.get(id)?.depth ?? -1;
    into[toRow]?.set(id, { from: id, fromRow, depth: Math.max(before, depth) });
  }
  const crossings: Crossing[] = [];
  // The row that each line of the right margin is taken down to.
  const taken: number[] = [];
  into.forEach((ways, toRow) => {
    const sorted = [...ways.values()].sort((a, b) => b.depth - a.depth);
    for (const [gap, { from, fromRow }] of sorted.entries()) {
      const free = taken.findIndex((row) => row <= fromRow);
      const right = free < 0 ? taken.length : free;
      taken[right] = toRow;
      crossings.push({ from, fromRow, toRow, gap, left: sorted.length - 1 - gap, right });
    }
  });
  return crossings;
}
