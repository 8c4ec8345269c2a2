import { drawArrows, type Arrow } from './arrows';
import { arrange, type ArrangedRow, type Arrangement } from './arrangement';
import { planGraph, type GraphPlan, type MeasureText, type Scaling } from './breakRows';
import { brackets, type Bracket } from './brackets';
import type { GraphNode } from './graphNodes';
import type { PlacedNode } from './placedNode';
import type { SizedNode } from './rowPlacement';
import type { Size } from '../../draw/rect';

/** The whole picture in pixels, from 0, 0. */
export interface GraphLayout extends Size {
  /** In running order. */
  readonly nodes: readonly PlacedNode[];
  readonly brackets: readonly Bracket[];
  readonly arrows: readonly Arrow[];
}

/** Places the nodes in rows no wider than `width`, with faces at `scale`; text keeps its size. */
export function layoutGraph(
  nodes: readonly GraphNode[],
  measure: MeasureText,
  scaling: Scaling,
): GraphLayout {
  const plan = planGraph(nodes, measure);
  return placeGraph(plan, arrange(plan, scaling));
}

/** Gives nodes, brackets and arrows their places. */
export function placeGraph(plan: GraphPlan, arrangement: Arrangement): GraphLayout {
  const { columns, rows, width, height } = arrangement;
  const placed = new Array<PlacedNode>(plan.standings.length);
  rows.forEach((row, at) => {
    for (const [index, { nodes }] of columns.slice(row.first, row.end).entries()) {
      for (const node of nodes) {
        placed[node.standing.index] = place(node, { row, at, x: row.starts[index] ?? 0 });
      }
    }
  });
  return {
    width,
    height,
    nodes: placed,
    brackets: brackets(placed, arrangement),
    arrows: drawArrows(plan.routes, placed, arrangement),
  };
}

function place(
  { standing: { node, lane, column }, size, labelWidth }: SizedNode,
  { row, at, x }: { readonly row: ArrangedRow; readonly at: number; readonly x: number },
): PlacedNode {
  const { width, height, depthX, depthY, sheets } = size;
  const faceWidth = node.form === 'slab' ? width + depthX : width;
  const floor = row.floor + (row.heights.lanes[lane]?.floor ?? 0);
  return {
    node,
    width,
    height,
    depthX,
    depthY,
    sheets,
    row: at,
    column,
    lane,
    x,
    y: floor - height,
    labelX: x + faceWidth / 2,
    labelY: floor + 4,
    labelWidth,
  };
}
