import type { BlockSize } from './blockSize';
import type { Standing } from './columns';
import type { Upright } from './routes';

/** A node with its size before it has a place. */
export interface SizedNode {
  readonly standing: Standing;
  readonly size: BlockSize;
  readonly labelWidth: number;
  /** Of the words over its bracket, which begin at its left side, where the bracket is its own. */
  readonly titleWidth: number;
}

/** What stands in a column, measured from the left side of its front faces. */
export interface SizedColumn {
  readonly nodes: readonly SizedNode[];
  readonly block: string | undefined;
  readonly blockWidth: number;
  readonly labelLeft: number;
  readonly labelRight: number;
  /** The upright lines before it, and whether they must keep clear of labels too. */
  readonly gap: readonly Upright[];
  readonly isBetween: boolean;
}

/** The shortest arrow between two blocks, and the least room between two labels. */
const leastArrow = 26;
const labelGap = 12;
/** Between two lines that run beside each other. */
export const lineGap = 8;
/** What the head of an arrow needs behind an upright line. */
const headRoom = 12;

export function sizeColumn(nodes: readonly SizedNode[], gap: readonly Upright[]): SizedColumn {
  let [blockWidth, labelLeft, labelRight] = [0, Infinity, -Infinity];
  for (const { standing, size, labelWidth, titleWidth } of nodes) {
    const width = size.width + size.depthX;
    const middle = (standing.node.form === 'slab' ? width : size.width) / 2;
    blockWidth = Math.max(blockWidth, width);
    labelLeft = Math.min(labelLeft, middle - labelWidth / 2);
    labelRight = Math.max(labelRight, middle + labelWidth / 2, titleWidth);
  }
  const block = nodes[0]?.standing.node.block;
  const isBetween = gap.some((upright) => upright.isBetween);
  return { nodes, block, blockWidth, labelLeft, labelRight, gap, isBetween };
}

/** The rightmost pixel of a node whose face begins at `x`, its label and title included. */
export function rightEdge(
  { standing, size, labelWidth, titleWidth }: SizedNode,
  x: number,
): number {
  const { width, depthX } = size;
  const middle = x + (standing.node.form === 'slab' ? width + depthX : width) / 2;
  return Math.max(x + width + depthX, middle + labelWidth / 2, x + titleWidth);
}

/** Stands columns one behind the other, as tight as blocks, arrows and labels allow. */
export class TightRow {
  private isEmpty = true;
  private blockEnd = 0;
  private labelEnd = 0;
  /** Where the last column begins. */
  start = 0;

  reset(): void {
    this.isEmpty = true;
  }

  /** The row's width with this column. */
  add(column: SizedColumn): number {
    this.start = this.isEmpty ? Math.max(0, -column.labelLeft) : this.startOf(column);
    this.isEmpty = false;
    this.blockEnd = this.start + column.blockWidth;
    this.labelEnd = this.start + column.labelRight;
    return Math.max(this.blockEnd, this.labelEnd);
  }

  private startOf({ labelLeft, gap, isBetween }: SizedColumn): number {
    const { blockEnd, labelEnd } = this;
    const tight = Math.max(blockEnd + leastArrow, labelEnd + labelGap - labelLeft);
    if (gap.length === 0) return tight;
    const room = (gap.length + 0.75) * lineGap;
    const clear = Math.max(blockEnd, labelEnd) + room + Math.max(headRoom, -labelLeft);
    return Math.max(tight, blockEnd + room + headRoom, isBetween ? clear : 0);
  }
}

/** How wide a row is, as tight as can be. */
export function tightWidth(columns: readonly SizedColumn[]): number {
  const row = new TightRow();
  return columns.reduce((_, column) => row.add(column), 0);
}

/** Where the columns of a row begin, with its arrows stretched to fill `width`, each by `most` pixels at the most. */
export function spreadRow(
  columns: readonly SizedColumn[],
  width: number,
  most: number,
): readonly number[] {
  const row = new TightRow();
  let tight = 0;
  const starts = columns.map((column) => {
    tight = row.add(column);
    return row.start;
  });
  const gaps = Math.max(1, columns.length - 1);
  const extra = Math.max(0, Math.min(most, (width - tight) / gaps));
  return starts.map((start, index) => start + extra * index);
}

/** Where the upright lines of a gap stand, by key, left of a column that begins at `start`. */
export function placeUprights(
  before: { readonly start: number; readonly column: SizedColumn },
  { start, column }: { readonly start: number; readonly column: SizedColumn },
): ReadonlyMap<string, number> {
  const { gap, isBetween } = column;
  const { blockWidth, labelRight } = before.column;
  const left = before.start + (isBetween ? Math.max(blockWidth, labelRight) : blockWidth);
  const right = start + Math.min(-headRoom, isBetween ? column.labelLeft : 0);
  const step = Math.min(lineGap, (right - left) / (gap.length + 1));
  const first = (left + right) / 2 - ((gap.length - 1) / 2) * step;
  return new Map(gap.map(({ key }, at) => [key, first + at * step]));
}
