import type { Model } from '../state/model';
import type { MeasureText } from './layout/breakRows';
import { fitLayout, type Pane } from './layout/fitLayout';
import type { GraphLayout } from './layout/graphLayout';
import { graphNodes } from './layout/graphNodes';

interface Room {
  readonly measure: MeasureText;
  /** In pixels. */
  readonly pane: Pane;
  /** How much larger than usual the graph is drawn. */
  readonly magnify: number;
}

/** Lays the shown network out for a pane, with the blocks folded that the person folded. */
export function layOut(
  { shown, view }: Pick<Model, 'shown' | 'view'>,
  { measure, pane: { width, height }, magnify }: Room,
): GraphLayout {
  const { summary, blocks, document } = shown;
  const { unresolved } = document.network;
  const nodes = graphNodes({ layers: summary.layers, unresolved, blocks, folded: view.folded });
  return fitLayout(nodes, measure, {
    width: width / magnify,
    height: height === undefined ? undefined : height / magnify,
  });
}
