import { select } from 'd3-selection';
import type { Rect } from '../draw/rect';

/** Marks parts of a block's face, which is one by one units large: a light line on a dark one. */
export function markFace(face: Element | null, rects: readonly Rect[]): void {
  if (!face) return;
  const path = rects
    .map(({ x, y, width, height }) => `M${x},${y}h${width}v${height}h${-width}z`)
    .join('');
  select(face)
    .selectAll<SVGPathElement, string>('.probe')
    .data(path === '' ? [] : ['dark', 'light'])
    .join('path')
    .attr('class', (shade) => `probe ${shade}`)
    .attr('d', path);
}
