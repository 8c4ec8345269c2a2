import assert from 'node:assert/strict';
import { layoutGraph } from '../../../src/webview/graph/layout/graphLayout';
import { nextStop, stopRect, type Stop } from '../../../src/webview/graph/layout/stops';
import type { WalkKey } from '../../../src/webview/graph/layout/walk';
import { measure, nodesOf } from './fixtures';

const layer = (id: string): Stop => ({ kind: 'layer', id });
const title = (id: string): Stop => ({ kind: 'title', id });

describe('the titles of blocks, on the way of the arrow keys', () => {
  const graph = layoutGraph(nodesOf('keras'), measure, { width: 700, scale: 1 });
  const folded = layoutGraph(nodesOf('keras', ['conv block 2']), measure, { width: 700, scale: 1 });
  const rowOf = (id: string): number => graph.nodes.find(({ node }) => node.id === id)!.row;
  const titles = graph.brackets.filter(({ first }) => first);
  const walked = (from: Stop, ...keys: readonly WalkKey[]): Stop =>
    keys.reduce((stop, key) => nextStop(graph, stop, key), from);

  it('stand over their layers: up leads to the title, down back to a layer of the block', () => {
    assert.deepEqual(walked(layer('conv1'), 'ArrowUp'), title('conv block 1'));
    const back = walked(title('conv block 1'), 'ArrowDown');
    assert.equal(graph.nodes.find(({ node }) => node.id === back.id)?.node.block, 'conv block 1');
  });

  it('are met from the row above, and left upwards to it', () => {
    const { title: id, row } = titles.find((each) => each.row === 1)!;
    const over = walked(title(id), 'ArrowUp');
    assert.equal(rowOf(over.id), row - 1);
    const all = graph.nodes.map(({ node }) => layer(node.id));
    const below = all.map((stop) => walked(stop, 'ArrowDown'));
    assert.ok(below.some((stop) => stop.kind === 'title' && stop.id === id));
  });

  it('bring a person back up to the layer that they came down from', () => {
    const first = graph.nodes.filter(({ row }) => row === 0);
    const places = first.map(({ node, labelX }) => ({ from: layer(node.id), across: labelX }));
    const throughTitles = places.filter(
      ({ from }) => nextStop(graph, from, 'ArrowDown').kind === 'title',
    );
    assert.ok(throughTitles.length > 0);
    for (const { from, across } of throughTitles) {
      const under = nextStop(graph, nextStop(graph, from, 'ArrowDown'), 'ArrowDown', across);
      const title = nextStop(graph, under, 'ArrowUp', across);
      assert.deepEqual(nextStop(graph, title, 'ArrowUp', across), from);
    }
  });

  it('lead to one another sideways, and Home and End to the first and last layer', () => {
    const ids = titles.map((each) => each.title);
    assert.deepEqual(walked(title(ids[0]!), 'ArrowRight'), title(ids[1]!));
    assert.deepEqual(walked(title(ids[1]!), 'ArrowLeft'), title(ids[0]!));
    assert.deepEqual(walked(title(ids[0]!), 'ArrowLeft'), title(ids[0]!));
    assert.deepEqual(walked(title(ids[2]!), 'Home'), layer('input'));
    assert.deepEqual(walked(title(ids[2]!), 'End'), layer('fc8'));
  });

  it('stay over a block that is folded', () => {
    assert.deepEqual(nextStop(folded, layer('conv block 2'), 'ArrowUp'), title('conv block 2'));
    assert.deepEqual(nextStop(folded, title('conv block 2'), 'ArrowDown'), layer('conv block 2'));
  });

  it('have a place in the picture, as layers have', () => {
    for (const { title: id, left, y } of titles) {
      const rect = stopRect(graph, title(id))!;
      assert.ok(rect.x === left && rect.y < y && rect.y >= 0 && rect.height > 0);
    }
    assert.equal(stopRect(graph, title('gone')), undefined);
    assert.equal(stopRect(graph, layer('gone')), undefined);
    assert.deepEqual(walked(layer('gone'), 'ArrowRight'), layer('input'));
  });
});
