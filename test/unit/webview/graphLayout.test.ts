import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { alexNetIds } from '../../../src/library/alexNets';
import { fitLayout } from '../../../src/webview/graph/layout/fitLayout';
import { bracketTitle } from '../../../src/webview/graph/layout/brackets';
import { layoutGraph, type GraphLayout } from '../../../src/webview/graph/layout/graphLayout';
import { nodeOfLayer } from '../../../src/webview/graph/layout/graphNodes';
import type { PlacedNode } from '../../../src/webview/graph/layout/placedNode';
import { isWalkKey, walk } from '../../../src/webview/graph/layout/walk';
import { measure, nodesOf } from './fixtures';
import { overlaps } from '../../../src/webview/draw/rect';
import { keepsBlocksApart, leadsArrowsAround, pieces, staysInBounds } from './layoutChecks';

const panes = [
  { width: 1220, height: 760 },
  { width: 780, height: 690 },
  { width: 600, height: undefined },
  { width: 360, height: undefined },
];

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
    it('keeps blocks and lines off each other', () => keepsBlocksApart(layout));

    it('leads arrows around all blocks and lines', () => leadsArrowsAround(layout));

    it('stays inside its own bounds', () => staysInBounds(layout));
  });
}

/** Every position and path, to a tenth of a pixel. */
function everyNumber({ width, height, nodes, brackets, arrows }: GraphLayout): string {
  const round = (value: unknown): unknown =>
    typeof value === 'number' ? Math.round(value * 10) / 10 : value;
  return JSON.stringify([
    [width, height].map(round),
    nodes.map(({ node, row, x, y, width, height, depthX, depthY, sheets, labelX, labelY }) =>
      [node.id, row, x, y, width, height, depthX, depthY, sheets, labelX, labelY].map(round),
    ),
    brackets.map(({ title, row, left, right, y, folded, first }) =>
      [title, row, left, right, y, folded, first].map(round).join(' '),
    ),
    arrows.map(({ from, to, path }) => `${from} ${to} ${path}`),
  ]);
}

describe('the layout of a chain', () => {
  const file = resolve('test/fixtures/alexnetLayouts.json');
  const chains = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>;
  for (const [name, expected] of Object.entries(chains)) {
    it(`is what it was: ${name}`, () => {
      const [, id = '', width, height, folded] =
        /^(\w+) (\d+) x (\d+|any)( folded)?$/.exec(name) ?? [];
      const variant = alexNetIds.find((candidate) => candidate === id)!;
      const blocks = folded ? ['conv block 1', 'classifier'] : [];
      const pane = { width: Number(width), height: height === 'any' ? undefined : Number(height) };
      const layout = fitLayout(nodesOf(variant, blocks), measure, pane);
      const digest = createHash('sha256').update(everyNumber(layout)).digest('hex').slice(0, 16);
      const size = [layout.width, layout.height].map((side) => Math.round(side * 10) / 10);
      const rows = layout.nodes.at(-1)!.row + 1;
      assert.equal(`${size.join(' x ')}, ${rows} rows, ${digest}`, expected);
    });
  }
});

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

  it('leaves no layer of a block alone in a row where the row before has several of it', () => {
    for (const id of alexNetIds) {
      for (const width of [360, 412, 500, 600, 780]) {
        const { nodes } = fitLayout(nodesOf(id), measure, { width, height: undefined });
        for (const { node, row } of nodes) {
          if (nodes.filter((other) => other.row === row).length > 1) continue;
          const before = nodes.filter(
            (other) => other.row === row - 1 && other.node.block === node.block,
          );
          const isRest = node.block !== undefined && before.length > 2;
          assert.ok(!isRest, `${node.id} is alone in row ${row} of ${id} in ${width} px`);
        }
      }
    }
  });

  it('writes the titles of brackets clear of the arrows that come to their rows', () => {
    for (const id of alexNetIds) {
      const layout = fitLayout(nodesOf(id), measure, { width: 360, height: undefined });
      for (const bracket of layout.brackets) {
        const { start, width } = bracketTitle(bracket, measure, 14);
        const title = { x: start, y: bracket.y - 20, width, height: 18 };
        assert.ok(start >= bracket.left && start + width <= 360, `${bracket.title} of ${id}`);
        for (const { path } of layout.arrows) {
          assert.ok(
            !pieces(path).some((piece) => overlaps(piece, title)),
            `${bracket.title}: ${path}`,
          );
        }
      }
    }
  });

  it('is as wide as the pane, and higher, where not even the smallest blocks fit', () => {
    const pane = { width: 412, height: 460 };
    const layout = fitLayout(nodesOf('keras'), measure, pane);
    assert.ok(layout.width <= pane.width && layout.height > pane.height);
    assert.deepEqual(layout, fitLayout(nodesOf('keras'), measure, { ...pane, height: undefined }));
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
