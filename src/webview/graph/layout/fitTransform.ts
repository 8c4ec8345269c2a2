import type { Rect, Size } from '../../draw/rect';

export interface Transform {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

/** Names are 12 pixels high, and read well from 10 on. */
const leastLegible = 10 / 12;

/**
 * Shows the whole picture in the middle of the pane, `largest` times as large as it was laid out at the most. Where names
 * would be too small to read, it is only as wide as the pane, or its beginning is shown.
 */
export function fitTransform(world: Size, pane: Size, largest = 1): Transform {
  const byWidth = Math.min(largest, pane.width / world.width);
  const whole = Math.min(byWidth, pane.height / world.height);
  const legible = leastLegible * largest;
  const k = whole >= legible ? whole : Math.max(legible, byWidth);
  return {
    k,
    x: Math.max(0, (pane.width - k * world.width) / 2),
    y: Math.max(0, (pane.height - k * world.height) / 2),
  };
}

/** As small as a person may make the picture: until all of it is seen. */
export function smallestZoom(world: Size, pane: Size): number {
  return Math.min(1, pane.width / world.width, pane.height / world.height);
}

/** Whether some of a picture as large as `k` lies beyond the pane. */
export function goesBeyond(world: Size, pane: Size, k: number): boolean {
  return k * world.width > pane.width + 1 || k * world.height > pane.height + 1;
}

/** What the pane shows, in the picture's own pixels; beyond its ends where it leaves room. */
export function visibleRect({ k, x, y }: Transform, pane: Size): Rect {
  return { x: -x / k, y: -y / k, width: pane.width / k, height: pane.height / k };
}

/** The least pan that brings a rectangle of the picture into the pane. */
export function panInto({ k, x, y }: Transform, target: Rect, pane: Size): Transform {
  return {
    k,
    x: x + shiftInto(x + k * target.x, k * target.width, pane.width),
    y: y + shiftInto(y + k * target.y, k * target.height, pane.height),
  };
}

function shiftInto(start: number, length: number, room: number): number {
  if (start < 0 || length > room) return -start;
  return Math.min(0, room - (start + length));
}
