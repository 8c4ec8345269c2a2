import type { Transform } from './fitTransform';
import { intersection, type Rect, type Size } from '../../draw/rect';

/** The scale that brings the picture into a box. */
export function minimapScale(world: Size, box: Size): number {
  return Math.min(box.width / world.width, box.height / world.height);
}

/** The part of the picture that the pane shows, in the picture's own pixels. */
export function visibleRect({ k, x, y }: Transform, pane: Size, world: Size): Rect {
  const seen = { x: -x / k, y: -y / k, width: pane.width / k, height: pane.height / k };
  return intersection(seen, { x: 0, y: 0, ...world });
}

/** A minimap helps only where some of the picture is out of sight. */
export function needsMinimap(transform: Transform, pane: Size, world: Size): boolean {
  const seen = visibleRect(transform, pane, world);
  return seen.width * seen.height < 0.9 * world.width * world.height;
}
