import type { Point } from '../../../network/preprocess/fitPlace';
import { clamp, type Rect } from '../../draw/rect';
import type { GraphLayout } from './graphLayout';
import { nodeOfLayer } from './graphNodes';
import { outline } from './placedNode';

/** A place in the graph that another layout of it has too: from the middle of a layer's node, within what is drawn of it. */
interface Anchor {
  readonly layer: string;
  readonly right: number;
  readonly down: number;
}

type Nodes = Pick<GraphLayout, 'nodes'>;

/** At the node that is nearest to a point; undefined where there is none. */
export function anchorAt({ nodes }: Nodes, { x, y }: Point): Anchor | undefined {
  let nearest: (Anchor & { readonly distance: number }) | undefined;
  for (const placed of nodes) {
    const [layer] = placed.node.layers;
    const rect = outline(placed);
    const middle = middleOf(rect);
    const distance = Math.hypot(x - middle.x, y - middle.y);
    if (layer === undefined || (nearest && nearest.distance <= distance)) continue;
    const right = clamp(x - middle.x, -rect.width / 2, rect.width / 2);
    const down = clamp(y - middle.y, -rect.height / 2, rect.height / 2);
    nearest = { layer, right, down, distance };
  }
  return nearest;
}

/** Where it is in another layout; undefined where the layer is not there. */
export function anchored({ nodes }: Nodes, { layer, right, down }: Anchor): Point | undefined {
  const found = nodeOfLayer(
    nodes.map(({ node }) => node),
    layer,
  );
  const placed = found && nodes.find(({ node }) => node === found);
  if (!placed) return undefined;
  const { x, y } = middleOf(outline(placed));
  return { x: x + right, y: y + down };
}

function middleOf({ x, y, width, height }: Rect): Point {
  return { x: x + width / 2, y: y + height / 2 };
}
