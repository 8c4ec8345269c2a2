import { anchorAt, anchored } from '../../../src/webview/graph/layout/anchor';
import { hiddenSides } from '../../../src/webview/draw/moreEdges';
import {
  fitTransform,
  goesBeyond,
  panInto,
  smallestZoom,
} from '../../../src/webview/graph/layout/fitTransform';
import { minimapScale, needsMinimap, visiblePart } from '../../../src/webview/graph/minimapView';
import { placeCard } from '../../../src/webview/graph/layout/placeCard';
import { overlaps, type Rect } from '../../../src/webview/draw/rect';
import { layoutGraph } from '../../../src/webview/graph/layout/graphLayout';
import { outline } from '../../../src/webview/graph/layout/placedNode';
import { wrapRows } from '../../../src/webview/graph/layout/wrapRows';
import { measure, nodesOf } from './fixtures';

import assert from 'node:assert/strict';

const pane = { x: 0, y: 0, width: 1000, height: 700 };
const card = { width: 300, height: 250 };

describe('a hover card', () => {
  const blocks: readonly Rect[] = [0, 200, 450, 700, 920].flatMap((x) =>
    [0, 300, 600].map((y) => ({ x, y, width: 80, height: 90 })),
  );
  for (const block of blocks) {
    it(`is inside the pane and beside a block at ${block.x}, ${block.y}`, () => {
      const at = { ...placeCard({ block, card, pane, others: blocks }), ...card };
      assert.ok(!overlaps(at, block));
      assert.ok(at.x >= 0 && at.y >= 0);
      assert.ok(at.x + at.width <= pane.width && at.y + at.height <= pane.height);
    });
  }

  it('does not hide the next block where there is room elsewhere', () => {
    const block = { x: 400, y: 100, width: 80, height: 90 };
    const next = { x: 510, y: 100, width: 80, height: 90 };
    const at = { ...placeCard({ block, card, pane, others: [next] }), ...card };
    assert.ok(!overlaps(at, next));
  });

  it('stays in a pane that is smaller than the card', () => {
    const small = { x: 10, y: 20, width: 200, height: 100 };
    const block = { x: 50, y: 40, width: 50, height: 50 };
    assert.deepEqual(placeCard({ block, card, pane: small, others: [] }), { x: 10, y: 20 });
  });
});

describe('a place in the graph', () => {
  const narrow = layoutGraph(nodesOf('keras'), measure, { width: 400, scale: 1 });
  const wide = layoutGraph(nodesOf('keras'), measure, { width: 1200, scale: 0.8 });
  const folded = layoutGraph(nodesOf('keras', ['conv block 2']), measure, { width: 900, scale: 1 });
  const isWithin = ({ nodes }: typeof wide, layer: string, x: number, y: number): boolean => {
    const rect = outline(nodes.find(({ node }) => node.layers.includes(layer))!);
    const [right, down] = [x - rect.x, y - rect.y];
    const inside = (at: number, size: number): boolean => at > -1e-6 && at < size + 1e-6;
    return inside(right, rect.width) && inside(down, rect.height);
  };

  for (const [name, other] of Object.entries({ wide, folded })) {
    it(`is found again in another layout, at its layer: ${name}`, () => {
      for (const placed of narrow.nodes) {
        const rect = outline(placed);
        const point = { x: rect.x + rect.width / 2 + 3, y: rect.y + rect.height / 2 - 4 };
        const anchor = anchorAt(narrow, point)!;
        assert.equal(anchor.layer, placed.node.layers[0]);
        assert.deepEqual(anchored(narrow, anchor), point);
        const { x, y } = anchored(other, anchor)!;
        assert.ok(isWithin(other, anchor.layer, x, y), `${anchor.layer} at ${x}, ${y}`);
      }
    });
  }

  it('far from every layer is at the nearest, and nowhere where there is none', () => {
    const far = anchorAt(narrow, { x: -5000, y: -5000 })!;
    const { x, y } = anchored(narrow, far)!;
    assert.ok(isWithin(narrow, far.layer, x, y));
    assert.equal(anchorAt({ nodes: [] }, { x: 0, y: 0 }), undefined);
    assert.equal(anchored({ nodes: [] }, far), undefined);
  });
});

describe('the fit', () => {
  it('centres what is smaller than the pane, at its own size', () => {
    assert.deepEqual(fitTransform({ width: 600, height: 500 }, pane), { k: 1, x: 200, y: 100 });
  });

  it('shrinks what is larger', () => {
    const { k, x, y } = fitTransform({ width: 1125, height: 700 }, pane);
    assert.deepEqual(
      [k, x].map((value) => Math.round(1000 * value)),
      [889, 0],
    );
    assert.equal(Math.round(y), 39);
  });
});

describe('a graph too large for its pane', () => {
  const tall = { width: 900, height: 2100 };

  it('is not shrunk below what can be read: it begins at the top and goes on out of sight', () => {
    assert.deepEqual(fitTransform(tall, pane), { k: 1, x: 50, y: 0 });
    assert.ok(goesBeyond(tall, pane, 1));
    const { k, x, y } = fitTransform({ width: 2000, height: 3000 }, pane);
    assert.ok(12 * k >= 10 && x === 0 && y === 0);
  });

  it('can be made small enough to see all of it', () => {
    assert.equal(smallestZoom(tall, pane), 1 / 3);
    assert.ok(!goesBeyond(tall, pane, 1 / 3));
  });

  it('is larger where all is drawn large', () => {
    assert.deepEqual(fitTransform({ width: 500, height: 400 }, pane, 1.6), {
      k: 1.6,
      x: 100,
      y: 30,
    });
  });

  it('has a sign on each side where it goes on', () => {
    assert.deepEqual(hiddenSides({ x: 0, y: 0, ...tall }, tall), []);
    assert.deepEqual(hiddenSides({ x: 0, y: 0, width: 900, height: 700 }, tall), ['bottom']);
    assert.deepEqual(hiddenSides({ x: 10, y: 700, width: 500, height: 700 }, tall), [
      'left',
      'right',
      'top',
      'bottom',
    ]);
  });
});

describe('panning a block into sight', () => {
  const target = { x: 500, y: 300, width: 100, height: 100 };
  it('moves nothing that is in sight', () => {
    const here = { k: 1, x: 0, y: 0 };
    assert.deepEqual(panInto(here, target, pane), here);
  });

  it('moves as little as it can', () => {
    assert.deepEqual(panInto({ k: 2, x: 0, y: 0 }, target, pane), { k: 2, x: -200, y: -100 });
    assert.deepEqual(panInto({ k: 2, x: -1100, y: 0 }, target, pane), { k: 2, x: -1000, y: -100 });
  });
});

describe('the minimap', () => {
  const world = { width: 2000, height: 1400 };
  it('frames the part in sight, cut at the picture’s edges', () => {
    assert.equal(minimapScale(world, { width: 200, height: 100 }), 1 / 14);
    const seen = visiblePart({ k: 2, x: -100, y: 50 }, pane, world);
    assert.deepEqual(seen, { x: 50, y: 0, width: 500, height: 325 });
  });

  it('comes only when some of the picture is out of sight', () => {
    assert.ok(needsMinimap({ k: 1, x: 0, y: 0 }, pane, world));
    assert.ok(!needsMinimap({ k: 0.5, x: 0, y: 0 }, pane, world));
  });
});

describe('wrapping into rows', () => {
  const letters = 'abbccccd';
  const groups = [1, 3, 7, 8];
  let length = 0;
  const ruler = { reset: () => (length = 0), add: () => ++length };
  const rows = (width: number): readonly string[] => {
    const { ends } = wrapRows(Array.from(letters), groups, width, ruler);
    return ends.map((end, row) => letters.slice(ends[row - 1] ?? 0, end));
  };

  it('breaks between groups, and inside one only where it must', () => {
    assert.deepEqual(rows(100), ['abbccccd']);
    assert.deepEqual(rows(5), ['abb', 'ccccd']);
    assert.deepEqual(rows(3), ['abb', 'ccc', 'cd']);
    assert.deepEqual(rows(1), ['a', 'b', 'b', 'c', 'c', 'c', 'c', 'd']);
  });

  it('has no rows for nothing', () => {
    assert.deepEqual(wrapRows([], [], 10, ruler), { ends: [], widths: [] });
  });
});
