import assert from 'node:assert/strict';
import { overlaps, type Rect } from '../../../src/webview/draw/rect';
import type { GraphLayout } from '../../../src/webview/graph/layout/graphLayout';
import { bracketTitle } from '../../../src/webview/graph/layout/brackets';
import {
  chevronRoom,
  lineHeight,
  outline,
  type PlacedNode,
} from '../../../src/webview/graph/layout/placedNode';
import { measure } from './fixtures';

export function block({ x, y, width, height, depthX, depthY }: PlacedNode): Rect {
  return { x, y: y - depthY, width: width + depthX, height: height + depthY };
}

export function lines({ labelX, labelY, labelWidth }: PlacedNode): Rect {
  return { x: labelX - labelWidth / 2, y: labelY, width: labelWidth, height: 3 * lineHeight };
}

/** The straight pieces of an arrow as thin rectangles. */
export function pieces(path: string): readonly Rect[] {
  let x = 0;
  let y = 0;
  const found: Rect[] = [];
  for (const [, command = '', numbers = ''] of path.matchAll(/([MHVq])([^MHVq]*)/g)) {
    const values = numbers.split(/[, ]/).map(Number);
    const before = { x, y };
    if (command === 'M') [x = 0, y = 0] = values;
    else if (command === 'H') [x = 0] = values;
    else if (command === 'V') [y = 0] = values;
    else {
      x += values[2] ?? 0;
      y += values[3] ?? 0;
    }
    if (command === 'H' || command === 'V') {
      found.push({
        x: Math.min(x, before.x),
        y: Math.min(y, before.y),
        width: Math.abs(x - before.x) + 0.1,
        height: Math.abs(y - before.y) + 0.1,
      });
    }
  }
  return found;
}

export function keepsBlocksApart({ nodes }: GraphLayout): void {
  const rects = nodes.flatMap((placed) => [block(placed), lines(placed)]);
  for (const [index, rect] of rects.entries()) {
    for (const other of rects.slice(index + 1)) assert.ok(!overlaps(rect, other));
  }
}

/** Of blocks that are all folded. */
export function keepsTitlesApart({ brackets, width: room }: GraphLayout): void {
  const titles = brackets.map((bracket) => {
    const { start: x, width } = bracketTitle(bracket, measure, chevronRoom);
    assert.ok(x + width <= room, bracket.title);
    return { x, y: bracket.y, width, height: 1 };
  });
  for (const [index, title] of titles.entries())
    assert.ok(!titles.slice(index + 1).some((other) => overlaps(title, other)));
}

export function leadsArrowsAround({ nodes, arrows }: GraphLayout): void {
  for (const { path, from, to } of arrows) {
    for (const piece of pieces(path)) {
      for (const placed of nodes) {
        const where = `${from} to ${to} over ${placed.node.id}: ${path}`;
        assert.ok(!overlaps(piece, block(placed)), where);
        assert.ok(!overlaps(piece, lines(placed)), where);
      }
    }
  }
}

export function staysInBounds({ nodes, arrows, width, height }: GraphLayout): void {
  const rects = [...nodes.map(outline), ...arrows.flatMap(({ path }) => pieces(path))];
  for (const rect of rects) {
    assert.ok(rect.x >= 0 && rect.y >= 0, JSON.stringify(rect));
    assert.ok(rect.x + rect.width <= width + 1e-6 && rect.y + rect.height <= height);
  }
}
