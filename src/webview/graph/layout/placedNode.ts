import type { BlockSize } from './blockSize';
import type { GraphNode } from './graphNodes';
import type { Rect } from '../../draw/rect';

/** A node in its place; x and y are the upper left corner of its front face. */
export interface PlacedNode extends BlockSize {
  readonly node: GraphNode;
  readonly row: number;
  /** Counted over all rows. */
  readonly column: number;
  /** 0 is the main line; branches stand below it. */
  readonly lane: number;
  readonly x: number;
  readonly y: number;
  /** The middle of the lines under the block, and the top of the first. */
  readonly labelX: number;
  readonly labelY: number;
  readonly labelWidth: number;
}

export const lineHeight = 15;
/** Name, shape, parameters and the bar of their share. */
export const labelHeight = 3 * lineHeight + 10;

/** Left of a bracket's title, for the sign that says whether its block is folded. */
export const chevronRoom = 14;

/** Everything that is drawn of a node: the block with its depth, and the lines under it. */
export function outline(placed: PlacedNode): Rect {
  const { x, y, width, height, depthX, depthY, labelX, labelWidth } = placed;
  const left = Math.min(x, labelX - labelWidth / 2);
  return {
    x: left,
    y: y - depthY,
    width: Math.max(x + width + depthX, labelX + labelWidth / 2) - left,
    height: depthY + height + labelHeight,
  };
}

/** Lines closer than this would be a grey fog. */
const leastSpacing = 4;

/** How many squares a face is ruled into per axis: its cells, or as many together as can be told apart. */
export function cellLines({
  node: { shape },
  height,
}: Pick<PlacedNode, 'node' | 'height'>): number {
  const cells = shape.length === 3 ? (shape[0] ?? 1) : Math.ceil(Math.sqrt(shape[0] ?? 1));
  let together = 1;
  while ((height * together) / cells < leastSpacing) together *= 2;
  return cells / together;
}
