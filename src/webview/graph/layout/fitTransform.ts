import type { Rect, Size } from '../../draw/rect';

export interface Transform {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

/** Shows the whole picture in the middle of the pane, never larger than it was laid out. */
export function fitTransform(world: Size, pane: Size): Transform {
  const k = Math.min(1, pane.width / world.width, pane.height / world.height);
  return { k, x: (pane.width - k * world.width) / 2, y: (pane.height - k * world.height) / 2 };
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
