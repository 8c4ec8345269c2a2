import { strict as assert } from 'node:assert';
import {
  conv2d,
  flatten,
  input,
  lrn,
  maxPool2d,
  adaptiveAveragePool2d,
} from '../../../src/network/functional';
import type { Layer, LayerOf, LayerKind } from '../../../src/network/layers/layer';
import { channelsSeen } from '../../../src/network/layers/conv2d';
import { channelsAround } from '../../../src/network/layers/localResponseNormalization';
import { cellAt, valueIndex } from '../../../src/network/tensor/cell';
import { gatherOperands } from '../../../src/network/layers/layerRules';
import { isPadding, type WindowPlace } from '../../../src/network/tensor/windowPlace';

const nothing = new Float32Array();
const none = { inputs: [nothing], weights: () => nothing, logits: nothing };

/** The window that a value's operands name. */
function windowOf(layer: Layer, row: number, column: number): WindowPlace {
  const operands = gatherOperands(layer, { row, column, channel: 0 }, none);
  assert.ok('window' in operands);
  return operands.window;
}

function layerOf<K extends LayerKind>(layer: Layer, kind: K): LayerOf<K> {
  assert.equal(layer.kind, kind);
  return layer as LayerOf<K>;
}

describe('the window of a cell', () => {
  const cases = [
    {
      name: "Keras' conv1, first",
      padding: 'same',
      side: 224,
      kernel: 11,
      stride: 4,
      cell: 0,
      top: -3,
    },
    {
      name: "Keras' conv1, last",
      padding: 'same',
      side: 224,
      kernel: 11,
      stride: 4,
      cell: 55,
      top: 217,
    },
    { name: "torchvision's conv1", padding: 2, side: 224, kernel: 11, stride: 4, cell: 1, top: 2 },
    { name: 'no padding', padding: 'valid', side: 227, kernel: 11, stride: 4, cell: 54, top: 216 },
  ] as const;
  for (const { name, padding, side, kernel, stride, cell, top } of cases) {
    it(`starts at ${top}: ${name}`, () => {
      const call = conv2d(1, kernel, { strides: stride, padding, name: 'c' });
      const place = windowOf(call(input([side, side, 1])).layer, cell, 0);
      assert.deepEqual([place.top, place.rows, place.height], [top, kernel, side]);
    });
  }

  it('reaches past the end where a pool rounds its size up', () => {
    const call = maxPool2d(3, { strides: 2, ceil: true, name: 'p' });
    const place = windowOf(call(input([6, 8, 1])).layer, 2, 0);
    const size = { rows: 3, columns: 3, rowStep: 1, columnStep: 1 };
    assert.deepEqual(place, { top: 4, left: 0, ...size, height: 6, width: 8 });
    assert.deepEqual(
      Array.from({ length: 9 }, (_, at) => isPadding(place, at)),
      [false, false, false, false, false, false, true, true, true],
    );
  });

  it('is an equal part of the map where a pool adapts', () => {
    const { layer } = adaptiveAveragePool2d(2, { name: 'a' })(input([6, 6, 1]));
    const place = windowOf(layer, 1, 0);
    assert.deepEqual([place.top, place.left, place.rows], [3, 0, 3]);
  });
});

describe('the operands of a value', () => {
  it('are the patch of its tower, zero where it is padding', () => {
    const call = conv2d(4, 3, { padding: 1, groups: 2, name: 'c' });
    const { layer } = call(input([2, 2, 4]));
    const values = Float32Array.from({ length: 16 }, (_, at) => at + 1);
    const operands = gatherOperands(
      layer,
      { row: 0, column: 0, channel: 3 },
      { ...none, inputs: [values] },
    );
    assert.equal(operands.kind, 'Conv2D');
    assert.ok('channels' in operands);
    assert.deepEqual([operands.firstChannel, operands.channels], [2, 2]);
    assert.deepEqual(
      [...operands.inputs],
      [0, 0, 0, 0, 0, 0, 0, 0, 3, 4, 7, 8, 0, 0, 11, 12, 15, 16],
    );
  });

  it('are the neighbours of a channel, fewer at the ends', () => {
    const call = lrn({ size: 5, k: 2, alpha: 1, beta: 1, name: 'n' });
    const layer = layerOf(call(input([1, 1, 8])).layer, 'LocalResponseNormalization');
    assert.deepEqual(channelsAround(layer, 0), { first: 0, count: 3 });
    assert.deepEqual(channelsAround(layer, 4), { first: 2, count: 5 });
    assert.deepEqual(channelsAround(layer, 7), { first: 5, count: 3 });
    const values = Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7);
    const operands = gatherOperands(
      layer,
      { row: 0, column: 0, channel: 7 },
      { ...none, inputs: [values] },
    );
    assert.ok('centre' in operands);
    assert.deepEqual([[...operands.inputs], operands.centre], [[5, 6, 7], 2]);
  });

  it('of a flat list stand where they were on the map', () => {
    const { layer } = flatten({ name: 'f' })(input([2, 3, 4]));
    const values = Float32Array.from({ length: 24 }, (_, at) => at);
    const operands = gatherOperands(
      layer,
      { row: 0, column: 0, channel: 18 },
      { ...none, inputs: [values] },
    );
    assert.ok('from' in operands);
    assert.deepEqual(operands.from, { row: 1, column: 1, channel: 2 });
    assert.deepEqual([...operands.inputs], [18]);
  });

  it('are none for the picture itself', () => {
    const { layer } = input([1, 1, 1]);
    const cell = { row: 0, column: 0, channel: 0 };
    assert.throws(() => gatherOperands(layer, cell, none), /picture itself/);
  });
});

describe('the place of a value', () => {
  it('is found from its cell, and its cell from the place', () => {
    for (let index = 0; index < 60; index++) {
      assert.equal(valueIndex('p', [3, 4, 5], cellAt([3, 4, 5], index)), index);
    }
    assert.deepEqual(cellAt([7], 6), { row: 0, column: 0, channel: 6 });
  });

  it('is refused outside the layer', () => {
    assert.throws(
      () => valueIndex('p', [3, 4, 5], { row: 3, column: 0, channel: 0 }),
      /p has no value at row 3, column 0, channel 0: its output is 3 × 4 × 5/,
    );
  });

  it('lies in the tower of its filter', () => {
    const call = conv2d(6, 1, { groups: 3, name: 'c' });
    const layer = layerOf(call(input([1, 1, 9])).layer, 'Conv2D');
    const firsts = [0, 1, 2, 3, 4, 5].map((filter) => channelsSeen(layer, filter).first);
    assert.deepEqual(firsts, [0, 0, 3, 3, 6, 6]);
    assert.equal(channelsSeen(layer, 0).count, 3);
  });
});
