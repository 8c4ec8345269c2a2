import assert from 'node:assert/strict';
import { alexNetIds } from '../../../src/library/alexNets';
import { fitLayout } from '../../../src/webview/graph/layout/fitLayout';
import { layoutGraph, type GraphLayout } from '../../../src/webview/graph/layout/graphLayout';
import { nodeOfLayer } from '../../../src/webview/graph/layout/graphNodes';
import { lineHeight, outline, type PlacedNode } from '../../../src/webview/graph/layout/placedNode';
import { overlaps, type Rect } from '../../../src/webview/draw/rect';
import { isWalkKey, walk } from '../../../src/webview/graph/layout/walk';
import { measure, nodesOf } from './fixtures';

const panes = [
  { width: 1220, height: 760 },
  { width: 780, height: 690 },
  { width: 600, height: undefined },
  { width: 360, height: undefined },
];

function block({ x, y, width, height, depthX, depthY }: PlacedNode): Rect {
  return { x, y: y - depthY, width: width + depthX, height: height + depthY };
}

function lines({ labelX, labelY, labelWidth }: PlacedNode): Rect {
  return { x: labelX - labelWidth / 2, y: labelY, width: labelWidth, height: 3 * lineHeight };
}

/** The straight pieces of an arrow as thin rectangles. */
function pieces(path: string): readonly Rect[] {
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

function layouts(): readonly (readonly [string, GraphLayout])[] {
  return panes.flatMap((pane) =>
    alexNetIds.flatMap((id) =>
      [[], ['conv block 1', 'classifier']].map(
        (folded) =>
          [
            `${id} in ${pane.width} px${folded.length > 0 ? ', folded' : ''}`,
            fitLayout(nodesOf(id, folded), measure, pane),
          ] as const,
      ),
    ),
  );
}

for (const [name, layout] of layouts()) {
  describe(`the layout of ${name}`, () => {
    it('keeps blocks and lines off each other', () => {
      const rects = layout.nodes.flatMap((placed) => [block(placed), lines(placed)]);
      for (const [index, rect] of rects.entries()) {
        for (const other of rects.slice(index + 1)) assert.ok(!overlaps(rect, other));
      }
    });

    it('leads arrows around all blocks and lines', () => {
      for (const { path, from, to } of layout.arrows) {
        for (const piece of pieces(path)) {
          for (const placed of layout.nodes) {
            const where = `${from} to ${to} over ${placed.node.id}`;
            assert.ok(!overlaps(piece, block(placed)), where);
            assert.ok(!overlaps(piece, lines(placed)), where);
          }
        }
      }
    });

    it('stays inside its own bounds', () => {
      for (const placed of layout.nodes) {
        const { x, y, width, height } = outline(placed);
        assert.ok(x >= 0 && y >= 0);
        assert.ok(x + width <= layout.width && y + height <= layout.height);
      }
    });
  });
}

describe('a layout', () => {
  const wide = { width: 1220, height: 760 };

  it('fits its pane and uses it well', () => {
    const layout = fitLayout(nodesOf('keras'), measure, wide);
    assert.ok(layout.width <= wide.width && layout.height <= wide.height);
    assert.ok(layout.width > 0.9 * wide.width && layout.height > 0.7 * wide.height);
  });

  it('breaks rows between blocks of the network where it can', () => {
    const layout = fitLayout(nodesOf('keras'), measure, { width: 600, height: undefined });
    const rows = new Map<string, Set<number>>();
    for (const { node, row } of layout.nodes) {
      const key = node.block ?? node.id;
      rows.set(key, (rows.get(key) ?? new Set()).add(row));
    }
    assert.ok([...rows.values()].every(({ size }) => size === 1));
  });

  it('goes on with a block in the next row where a row is too short for it', () => {
    const layout = fitLayout(nodesOf('paper'), measure, { width: 360, height: undefined });
    const titles = layout.brackets.filter(({ title }) => title === 'classifier');
    assert.ok(titles.length > 1);
    assert.deepEqual(
      titles.map(({ first }) => first),
      titles.map((_, index) => index === 0),
    );
  });

  it('draws larger maps larger, and more channels deeper', () => {
    const { nodes } = layoutGraph(nodesOf('keras'), measure, { width: 1220, scale: 1 });
    const of = (id: string): PlacedNode => nodes.find(({ node }) => node.id === id)!;
    assert.ok(of('input').height > of('conv1').height);
    assert.ok(of('conv1').height > of('conv2').height);
    assert.ok(of('conv3').depthX > of('conv2').depthX);
    assert.ok(of('bn1').width < of('conv1').width / 5);
    assert.equal(of('bn1').height, of('conv1').height);
  });

  it('draws a folded block once, with the sum of its parameters', () => {
    const nodes = nodesOf('keras', ['conv block 1']);
    const folded = nodes.find(({ id }) => id === 'conv block 1')!;
    assert.equal(folded.parameters, 34_944 + 384);
    assert.equal(
      folded.label,
      'conv block 1, 3 layers folded, output 27 × 27 × 96, 35,328 parameters',
    );
    assert.equal(nodeOfLayer(nodes, 'bn1'), folded);
    assert.equal(nodes.length, nodesOf('keras').length - 2);
  });
});

describe('a walk by keys', () => {
  const { nodes } = fitLayout(nodesOf('keras'), measure, { width: 1220, height: 760 });

  it('goes along the network and stops at its ends', () => {
    assert.equal(walk(nodes, 'conv1', 'ArrowRight'), 'bn1');
    assert.equal(walk(nodes, 'conv1', 'ArrowLeft'), 'input');
    assert.equal(walk(nodes, 'input', 'ArrowLeft'), 'input');
    assert.equal(walk(nodes, 'fc8', 'ArrowRight'), 'fc8');
    assert.equal(walk(nodes, 'conv3', 'Home'), 'input');
    assert.equal(walk(nodes, 'conv3', 'End'), 'fc8');
  });

  it('goes to the nearest block of the next row and back', () => {
    const rowOf = (id: string): number => nodes.find(({ node }) => node.id === id)!.row;
    const below = walk(nodes, 'conv1', 'ArrowDown');
    assert.equal(rowOf(below), rowOf('conv1') + 1);
    assert.equal(rowOf(walk(nodes, below, 'ArrowUp')), rowOf('conv1'));
    assert.equal(walk(nodes, 'conv1', 'ArrowUp'), 'conv1');
  });

  it('begins at the first block when it was nowhere', () => {
    assert.equal(walk(nodes, 'gone', 'ArrowRight'), 'input');
  });

  it('knows its keys', () => {
    assert.ok(isWalkKey('Home') && !isWalkKey('x'));
  });
});
