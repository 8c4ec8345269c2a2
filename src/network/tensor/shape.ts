import { formatCount } from './formatCount';

/** A tensor's shape without the batch: [height, width, channels] or [units]. */
export type Shape = readonly number[];

/** A feature map's shape. */
export type MapShape = readonly [height: number, width: number, channels: number];

/** How many numbers a tensor of this shape holds. */
export function elementCount(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** `56 × 56 × 96`, as papers and the panel write it. */
export function formatShape(shape: Shape): string {
  return shape.map(formatCount).join(' × ');
}

export function isMapShape(shape: Shape): shape is MapShape {
  return shape.length === 3;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}
