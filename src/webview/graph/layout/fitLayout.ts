import { layoutGraph, type GraphLayout, type MeasureText } from './graphLayout';
import type { GraphNode } from './graphNodes';
import type { Size } from '../../draw/rect';

const leastScale = 0.5;
const mostScale = 2;
const step = 0.025;
/** A layout costs about half a millisecond: large steps first, so that a pane can be dragged smoothly. */
const coarseStep = 4 * step;
/** Where the pane may be as high as it likes, this scale and the width decide the number of rows. */
const flowingScale = 0.9;

/** The pane: its height is undefined where the page scrolls and the graph may take what it needs. */
export interface Pane {
  readonly width: number;
  readonly height: number | undefined;
}

/** The layout with the largest blocks that still fits the pane, text at its own size. */
export function fitLayout(
  nodes: readonly GraphNode[],
  measure: MeasureText,
  { width, height }: Pane,
): GraphLayout {
  const at = (scale: number, extraGap = 0): GraphLayout =>
    layoutGraph(nodes, measure, { width, scale, extraGap });
  if (height === undefined) return largestWithRows(rowCount(at(flowingScale)), at);
  const fitting = (from: number, to: number, by: number): number | undefined => {
    for (let scale = from; scale > to; scale -= by) {
      if (fits(at(scale), { width, height })) return scale;
    }
    return undefined;
  };
  const coarse = fitting(mostScale, leastScale, coarseStep);
  if (coarse === undefined) return at(leastScale);
  const scale = fitting(coarse + coarseStep - step, coarse, step) ?? coarse;
  const layout = at(scale);
  return at(scale, (height - layout.height) / rowCount(layout));
}

/** Faces grow until one more row would be needed, or one more block would be split. */
function largestWithRows(rows: number, at: (scale: number) => GraphLayout): GraphLayout {
  let best = at(flowingScale);
  for (let scale = flowingScale + step; scale <= mostScale; scale += step) {
    const layout = at(scale);
    if (rowCount(layout) > rows || layout.brackets.length > best.brackets.length) return best;
    best = layout;
  }
  return best;
}

function rowCount({ nodes }: GraphLayout): number {
  return (nodes.at(-1)?.row ?? 0) + 1;
}

function fits(layout: Size, pane: Size): boolean {
  return layout.width <= pane.width && layout.height <= pane.height;
}
