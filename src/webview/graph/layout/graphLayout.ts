import { arrows, type Arrow } from './arrows';
import { blockSize } from './blockSize';
import { brackets, type Bracket } from './brackets';
import type { GraphNode } from './graphNodes';
import { labelHeight, rightEdge, type PlacedNode } from './placedNode';
import type { Size } from '../../draw/rect';
import { naturalRow, spreadRow, type RowItem } from './rowPlacement';
import { balanceRows } from './wrapRows';

/** The width of a text in pixels, as the page's font draws it. */
export type MeasureText = (text: string) => number;

/** The whole picture in pixels, from 0, 0. */
export interface GraphLayout extends Size {
  readonly nodes: readonly PlacedNode[];
  readonly brackets: readonly Bracket[];
  readonly arrows: readonly Arrow[];
}

const margin = { x: 30, top: 10, bottom: 14 } as const;
/** Room above a row for its brackets and their titles. */
const bracketHeight = 34;
/** Room between two rows, where the arrow runs back. */
const rowGap = 26;
/** An arrow may be stretched by this much to bring rows to one width. */
const mostStretch = 140;
const mostExtraGap = 72;

interface Row {
  readonly items: readonly RowItem[];
  readonly height: number;
}

/** Places the nodes in rows no wider than `width`, with faces at `scale`; text keeps its size. */
export function layoutGraph(
  nodes: readonly GraphNode[],
  measure: MeasureText,
  { width, scale, extraGap = 0 }: { width: number; scale: number; extraGap?: number },
): GraphLayout {
  const room = width - 2 * margin.x;
  const sized = nodes.map((node): RowItem => sizeNode(node, measure, scale));
  const rows = balanceRows(groupByBlock(sized), room, (items) => naturalRow(items).width).map(
    (items): Row => ({ items, height: rowHeight(items) }),
  );
  const gap = rowGap + Math.min(extraGap, mostExtraGap);
  const widest = Math.max(...rows.map(({ items }) => naturalRow(items).width));
  const common = Math.min(room, widest + mostStretch * 4);
  const placed: PlacedNode[] = [];
  let top: number = margin.top;
  rows.forEach(({ items, height }, row) => {
    const bottom = top + height;
    spreadRow(items, common, mostStretch).forEach((x, index) => {
      const item = items[index];
      if (item) placed.push(place(item, { x: margin.x + x, bottom, row }));
    });
    top = bottom + labelHeight + gap;
  });
  const right = Math.max(0, ...placed.map(rightEdge));
  return {
    width: right + margin.x,
    height: top - gap + margin.bottom,
    nodes: placed,
    brackets: brackets(placed),
    arrows: arrows(placed, { left: margin.x - 16, right: right + 16, gap }),
  };
}

function sizeNode(node: GraphNode, measure: MeasureText, scale: number): RowItem {
  const size = blockSize(node, scale);
  return { node, size, labelWidth: Math.max(...node.lines.map(measure)) };
}

function groupByBlock(items: readonly RowItem[]): readonly { readonly items: RowItem[] }[] {
  const groups: { readonly items: RowItem[] }[] = [];
  let block: string | undefined;
  for (const item of items) {
    const last = groups.at(-1);
    if (last && item.node.block !== undefined && item.node.block === block) last.items.push(item);
    else groups.push({ items: [item] });
    block = item.node.block;
  }
  return groups;
}

function rowHeight(items: readonly RowItem[]): number {
  const heights = items.map(
    ({ node, size }) => size.height + size.depthY + (node.block === undefined ? 0 : bracketHeight),
  );
  return Math.max(...heights);
}

function place(item: RowItem, at: { x: number; bottom: number; row: number }): PlacedNode {
  const { node, size, labelWidth } = item;
  const faceWidth = node.form === 'slab' ? size.width + size.depthX : size.width;
  return {
    ...size,
    node,
    row: at.row,
    x: at.x,
    y: at.bottom - size.height,
    labelX: at.x + faceWidth / 2,
    labelY: at.bottom + 4,
    labelWidth,
  };
}
