import { arrange, stackRows } from './arrangement';
import {
  breakRows,
  countBrackets,
  leastHeight,
  planGraph,
  type BrokenRows,
  type MeasureText,
} from './breakRows';
import { placeGraph, type GraphLayout } from './graphLayout';
import type { GraphNode } from './graphNodes';
import type { Size } from '../../draw/rect';

const leastScale = 0.5;
const mostScale = 2;
const step = 0.025;
/** Large steps first, so that a pane can be dragged smoothly. */
const coarseStep = 4 * step;
/** Where the pane may be as high as it likes, this scale and the width decide the number of rows. */
const flowingScale = 0.9;

/** Of more rows than these larger faces would only make the page longer. */
const mostRowsToFill = 12;

/** The pane: its height is undefined where the graph may take what it needs. */
export interface Pane {
  readonly width: number;
  readonly height: number | undefined;
}

/**
 * The layout with the largest blocks that still fits the pane, text at its own size. Where not even the smallest fit, it
 * is as wide as the pane and as high as it needs to be: the pane scrolls then.
 */
export function fitLayout(
  nodes: readonly GraphNode[],
  measure: MeasureText,
  { width, height }: Pane,
): GraphLayout {
  const plan = planGraph(nodes, measure);
  const flowing = (): GraphLayout => {
    const broken = largestWithRows((scale) => breakRows(plan, { width, scale }));
    return placeGraph(plan, stackRows(plan, broken));
  };
  if (height === undefined) return flowing();
  const fitting = (from: number, to: number, by: number): number | undefined => {
    for (let scale = from; scale > to; scale -= by) {
      if (fits(arrange(plan, { width, scale }), { width, height })) return scale;
    }
    return undefined;
  };
  // Of many layers no size fits, which is soon told.
  const isTooHigh = leastHeight(plan, { width, scale: leastScale }) > height;
  const coarse = isTooHigh ? undefined : fitting(mostScale, leastScale, coarseStep);
  if (coarse === undefined) return flowing();
  const scale = fitting(coarse + coarseStep - step, coarse, step) ?? coarse;
  const broken = breakRows(plan, { width, scale });
  const left = height - stackRows(plan, broken).height;
  return placeGraph(plan, stackRows(plan, broken, left / broken.rows.length));
}

/** Faces grow until one more row would be needed, or one more block would be split. */
function largestWithRows(at: (scale: number) => BrokenRows): BrokenRows {
  let best = at(flowingScale);
  const rows = best.rows.length;
  if (rows > mostRowsToFill) return best;
  for (let scale = flowingScale + step; scale <= mostScale; scale += step) {
    const next = at(scale);
    if (next.rows.length > rows || countBrackets(next) > countBrackets(best)) return best;
    best = next;
  }
  return best;
}

function fits(layout: Size, pane: Size): boolean {
  return layout.width <= pane.width && layout.height <= pane.height;
}
