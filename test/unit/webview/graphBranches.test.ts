import assert from 'node:assert/strict';
import type { Network } from '../../../src/network/network';
import { blocks } from '../../../src/network/blocks';
import { summarize } from '../../../src/network/summary';
import { fitLayout } from '../../../src/webview/graph/layout/fitLayout';
import type { GraphLayout } from '../../../src/webview/graph/layout/graphLayout';
import type { PlacedNode } from '../../../src/webview/graph/layout/placedNode';
import { balanceRows } from '../../../src/webview/graph/layout/wrapRows';
import { allToggled, foldedAtFirst, toggled } from '../../../src/webview/graph/layout/folds';
import { walk, walkKeys } from '../../../src/webview/graph/layout/walk';
import {
  denseNetwork,
  depthwiseNetwork,
  faultyNetwork,
  inceptionNetwork,
  nestedNetwork,
  residualNetwork,
} from './branchingNetworks';
import { measure, nodesOfNetwork } from './fixtures';
import {
  block,
  keepsBlocksApart,
  keepsTitlesApart,
  leadsArrowsAround,
  pieces,
  staysInBounds,
} from './layoutChecks';

const networks: readonly (readonly [string, Network])[] = [
  ['a residual block', residualNetwork(1)],
  ['an inception block', inceptionNetwork()],
  ['three inception blocks', inceptionNetwork(3)],
  ['a depthwise block', depthwiseNetwork()],
  ['16 residual blocks', residualNetwork(16)],
  ['skips in each other', nestedNetwork()],
  ['joins of all before', denseNetwork()],
  ['a network with faults', faultyNetwork()],
];

const panes = [
  { width: 1600, height: 900 },
  { width: 1220, height: 760 },
  { width: 780, height: 500 },
  { width: 600, height: undefined },
  { width: 500, height: undefined },
];

function placed({ nodes }: GraphLayout, id: string): PlacedNode {
  const found = nodes.find(({ node }) => node.id === id);
  assert.ok(found, id);
  return found;
}

for (const [name, network] of networks) {
  const titles = blocks(network).map(({ title }) => title);
  const odd = titles.filter((_, at) => at % 2 === 1);
  for (const folded of [[], odd, titles]) {
    const nodes = nodesOfNetwork(network, folded);
    describe(`the layout of ${name}, ${folded.length} of ${titles.length} blocks folded`, () => {
      for (const pane of panes) {
        it(`leads no arrow over a block in ${pane.width} px`, () => {
          const layout = fitLayout(nodes, measure, pane);
          keepsBlocksApart(layout);
          leadsArrowsAround(layout);
          staysInBounds(layout);
          if (folded === titles) keepsTitlesApart(layout);
          assert.ok(layout.width <= pane.width + 1e-6 || layout.nodes.every(({ row }) => row >= 0));
        });

        it(`draws an arrow for every input, from block to block, in ${pane.width} px`, () => {
          const layout = fitLayout(nodes, measure, pane);
          const known = new Set(nodes.map(({ id }) => id));
          const edges = nodes.flatMap(({ id, inputs }) =>
            inputs.filter((input) => known.has(input)).map((input) => `${input} ${id}`),
          );
          assert.deepEqual(
            layout.arrows.map(({ from, to }) => `${from} ${to}`).sort(),
            edges.sort(),
          );
          for (const { from, to, path } of layout.arrows) {
            const [first, last] = [pieces(path)[0]!, pieces(path).at(-1)!];
            const [source, target] = [block(placed(layout, from)), placed(layout, to)];
            assert.ok(Math.abs(first.x - (source.x + source.width + 4)) < 0.2);
            assert.ok(Math.abs(last.x + last.width - (target.x - 4)) < 0.3);
            assert.ok(last.y >= target.y && last.y <= target.y + target.height, `${from} ${to}`);
          }
        });
      }

      it('lets the keys reach every block', () => {
        const layout = fitLayout(nodes, measure, { width: 1220, height: 760 });
        const reached = new Set([nodes[0]!.id]);
        for (const id of reached)
          for (const key of walkKeys) reached.add(walk(layout.nodes, id, key));
        assert.deepEqual(
          nodes.map(({ id }) => id).filter((id) => !reached.has(id)),
          [],
        );
      });
    });
  }
}

describe('branches', () => {
  const wide = { width: 2400, height: 1200 };

  it('stand above each other as lanes, the longest way on the main line', () => {
    const layout = fitLayout(nodesOfNetwork(inceptionNetwork()), measure, wide);
    const lanes = ['3x3a', '1x1', '5x5a', 'pool'].map((id) => placed(layout, `mixed1_${id}`));
    assert.equal(new Set(lanes.map(({ x }) => x)).size, 1);
    assert.deepEqual(
      lanes.map(({ lane }) => lane),
      [0, 1, 2, 3],
    );
    assert.equal(placed(layout, 'mixed1_concat').lane, 0);
  });

  it('that pass by take no lane: their line runs above the blocks', () => {
    const layout = fitLayout(nodesOfNetwork(residualNetwork(1)), measure, wide);
    assert.ok(layout.nodes.every(({ lane }) => lane === 0));
    const skip = layout.arrows.find(({ from, to }) => from === 'stem_relu' && to === 'res1_add')!;
    const passed = layout.nodes.slice(4, 9).map((node) => block(node).y);
    assert.ok(Math.min(...pieces(skip.path).map(({ y }) => y)) < Math.min(...passed));
  });

  it('meet at a block at heights of their own', () => {
    const layout = fitLayout(nodesOfNetwork(inceptionNetwork()), measure, wide);
    const into = layout.arrows.filter(({ to }) => to === 'mixed1_concat');
    assert.equal(new Set(into.map(({ path }) => pieces(path).at(-1)!.y)).size, 4);
  });

  it('of a folded block are the arrows of the block', () => {
    const network = inceptionNetwork(2);
    const [, title = ''] = blocks(network).map((each) => each.title);
    const nodes = nodesOfNetwork(network, [title]);
    const folded = nodes.find(({ id }) => id === title)!;
    assert.deepEqual(folded.inputs, ['stem_relu']);
    assert.match(folded.label, /^parallel block 1, \d+ layers folded/);
  });

  it('of equal blocks that are all folded are one: × so many, with what goes in and comes out', () => {
    const network = residualNetwork(16);
    const all = blocks(network);
    const titles = all.map(({ title }) => title);
    const found = nodesOfNetwork(network, titles).filter(({ folds }) => folds.length > 1);
    assert.ok(found.length > 0);
    for (const { id, label, folds, layers } of found) {
      assert.match(id, new RegExp(`^residual blocks \\d+–\\d+, × ${folds.length}$`));
      assert.ok(label.startsWith(`${id}, ${layers.length} layers folded, output `), label);
      const inside = all.filter(({ title }) => folds.includes(title));
      assert.deepEqual(
        layers,
        inside.flatMap((each) => each.layers),
      );
      assert.ok(inside.slice(1).every(({ repeats }) => repeats));
    }
    const [{ folds } = { folds: [] }] = found;
    const apart = nodesOfNetwork(network, toggled(titles, folds.slice(1, 2)));
    assert.ok(apart.every(({ id }) => id !== found[0]?.id));
  });

  it('are walked along inputs and outputs, and from lane to lane', () => {
    const { nodes } = fitLayout(nodesOfNetwork(inceptionNetwork()), measure, wide);
    assert.equal(walk(nodes, 'stem_relu', 'ArrowRight'), 'mixed1_3x3a');
    assert.equal(walk(nodes, 'mixed1_3x3a', 'ArrowDown'), 'mixed1_1x1');
    assert.equal(walk(nodes, 'mixed1_1x1', 'ArrowRight'), 'mixed1_1x1_bn');
    assert.equal(walk(nodes, 'mixed1_1x1_relu', 'ArrowRight'), 'mixed1_concat');
    assert.equal(walk(nodes, 'mixed1_concat', 'ArrowLeft'), 'mixed1_3x3b_relu');
    assert.equal(walk(nodes, 'mixed1_1x1', 'ArrowUp'), 'mixed1_3x3a');
  });
});

describe('the blocks of a network that nobody has looked at', () => {
  const titlesOf = (network: Network): readonly string[] => foldedAtFirst(blocks(network));

  it('are folded where it has hundreds of layers, but for one that holds most of it', () => {
    assert.deepEqual(titlesOf(residualNetwork(16)), []);
    const many = residualNetwork(40);
    assert.ok(many.layers.length > 200);
    assert.deepEqual(
      titlesOf(many),
      blocks(many).map(({ title }) => title),
    );
    const whole = { title: 'parallel block 1', layers: many.layers.map(({ name }) => name) };
    assert.deepEqual(foldedAtFirst([{ ...whole, repeats: false }]), []);
  });

  it('are folded and unfolded all at once, and those of other networks stay as they are', () => {
    const titles = titlesOf(residualNetwork(40));
    const all = allToggled(['another', titles[3] ?? ''], titles);
    assert.deepEqual(all.toSorted(), ['another', ...titles].toSorted());
    assert.deepEqual(allToggled(all, titles), ['another']);
  });
});

describe('a layer without an output', () => {
  const nodes = nodesOfNetwork(faultyNetwork());
  const labelOf = (name: string): string => nodes.find(({ id }) => id === name)!.label;

  it('says why, and what follows from it says which layer it was', () => {
    const fault = 'kernel 9 does not fit input 6 x 6 with padding "valid"';
    assert.equal(labelOf('wide'), `wide, Conv2D, no output: ${fault}`);
    assert.equal(
      labelOf('join'),
      `join, Add, no output: follows from wide, which has no output: ${fault}`,
    );
    assert.match(labelOf('odd'), /^odd, RoiAlign, no output: RoiAlign is not an operation/);
    assert.deepEqual(nodes.find(({ id }) => id === 'join')!.lines, ['join', '?']);
    assert.equal(labelOf('branch'), 'branch, Conv2D, output 6 × 6 × 8, 72 parameters');
  });
});

describe('the work of a layout', () => {
  it('measures each column some dozen times, however many rows there are', () => {
    for (const count of [100, 800]) {
      let [measured, length] = [0, 0];
      const ruler = {
        reset: () => (length = 0),
        add: (width: number) => {
          measured++;
          return (length += width);
        },
      };
      const items = Array.from({ length: count }, (_, at) => 40 + ((at * 7919) % 61));
      balanceRows(
        items,
        items.map((_, at) => at + 1),
        1200,
        ruler,
      );
      assert.ok(measured < 32 * count, `${measured} for ${count}`);
    }
  });

  it('measures each text of 800 layers once, and asks each for its size a few times', () => {
    const network = residualNetwork(114);
    let [texts, sizes] = [0, 0];
    const nodes = nodesOfNetwork(network).map((node) => ({
      ...node,
      get shape() {
        sizes++;
        return node.shape;
      },
    }));
    assert.ok(nodes.length > 780 && nodes.length === summarize(network).layers.length);
    for (const pane of panes) {
      [texts, sizes] = [0, 0];
      fitLayout(nodes, (text) => (texts++, measure(text)), pane);
      assert.equal(
        texts,
        nodes.reduce((sum, { lines }) => sum + lines.length, 0),
      );
      assert.ok(sizes < 12 * nodes.length, `${sizes} in ${pane.width} px`);
    }
  });
});
