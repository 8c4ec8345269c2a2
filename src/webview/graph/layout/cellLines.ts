import type { PlacedNode } from './placedNode';

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
