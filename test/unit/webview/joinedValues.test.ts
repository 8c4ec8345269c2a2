import { strict as assert } from 'node:assert';
import { named, type PointwiseActivation } from '../../../src/network/layers/activations';
import type { MergeOperation } from '../../../src/network/layers/layer';
import type { MergeOperands, Operands } from '../../../src/network/layers/operands';
import type { WindowPlace } from '../../../src/network/tensor/windowPlace';
import { sourceCell, sourcesOf, stagesOf } from '../../../src/webview/layers/explanation';
import { valueView } from '../../../src/webview/layers/layerViews';
import { activationCurve } from '../../../src/webview/layers/scenes/curveScene';

describe('the steps to a value of layers that join, move or bend', () => {
  const window: WindowPlace = {
    top: -1,
    left: 0,
    rows: 2,
    columns: 2,
    rowStep: 1,
    columnStep: 1,
    height: 4,
    width: 4,
  };
  const cell = { row: 0, column: 0, channel: 0 };
  const told = { cell, shown: [], nameOf: String };
  const totals = (operands: Operands, value: number, shown: readonly number[] = []) =>
    stagesOf(
      { operands, sources: ['a'], value: Float32Array.of(value) },
      { ...told, shown, nameOf: (channel) => `channel ${channel}` },
    ).map(({ title, steps }) => [title, steps.at(-1)?.total] as const);
  const wordsOf = (operands: Operands, sources: readonly string[], value: number): unknown =>
    stagesOf({ operands, sources, value: Float32Array.of(value) }, told)
      .slice(0, -1)
      .map(({ title, steps }) => [title, ...steps.map(({ words }) => words)]);
  const merge = (operation: MergeOperation, ...inputs: readonly number[]): MergeOperands => ({
    kind: 'Merge',
    operation,
    inputs: Float32Array.from(inputs),
  });

  it('of a merge: the value of each input, then the operation', () => {
    assert.deepEqual(wordsOf(merge('add', 1, 2), ['conv1', 'skip'], 3), [
      ['Sum of 2 inputs', 'conv1 gives 1.00000', 'skip gives 2.00000: 1.00000 + 2.00000 = 3.00000'],
    ]);
    assert.deepEqual(wordsOf(merge('subtract', 1, 2), ['a', 'b'], -1), [
      [
        'The first input − the second',
        'a gives 1.00000',
        'b gives 2.00000: 1.00000 − 2.00000 = −1.00000',
      ],
    ]);
    assert.deepEqual(wordsOf(merge('maximum', 1, 2), ['a', 'b'], 2), [
      ['The largest of 2 inputs', 'a gives 1.00000', 'b gives 2.00000: 2.00000 so far'],
    ]);
  });

  for (const [operation, value] of [
    ['add', 8],
    ['average', 4],
    ['subtract', 4],
    ['multiply', 12],
    ['maximum', 6],
    ['minimum', 2],
  ] as const) {
    it(`of ${operation} come to what the engine gives`, () => {
      assert.equal(totals(merge(operation, 6, 2), value).at(-2)![1], value);
    });
  }

  it('of a depthwise convolution: one channel, no sum over channels, no bias where there is none', () => {
    const depthwise: Operands = {
      kind: 'Conv2D',
      window,
      firstChannel: 7,
      channels: 1,
      inputs: Float32Array.of(1, 2, 3, 4),
      kernel: Float32Array.of(1, 0, 0, 1),
      bias: undefined,
      activation: 'relu6',
    };
    assert.deepEqual(totals(depthwise, 5, [0]), [
      ['Products, channel 0', 5],
      ['ReLU6', 5],
      ['= value', 5],
    ]);
    const formula = valueView(depthwise).formula(depthwise);
    assert.equal(formula, 'ReLU6(Σ 2 × 2 products of one channel)');
    assert.equal(sourceCell(depthwise, cell, [4, 4, 9]).channel, 7);
  });

  it('of an average say whether the padding counts', () => {
    const inputs = Float32Array.of(0, 0, 2, 4);
    const mean = { kind: 'AveragePooling2D', window, inputs } as const;
    const steps = (divisor: number): unknown => wordsOf({ ...mean, divisor }, ['a'], 6 / divisor);
    assert.deepEqual((steps(2) as unknown[])[1], [
      '÷ 2',
      '6.00000 ÷ 2 = 3.00000, as the padding does not count',
    ]);
    assert.deepEqual((steps(4) as unknown[])[1], ['÷ 4', '6.00000 ÷ 4 = 1.50000']);
    assert.match(JSON.stringify(steps(4)), /row 0, column 0: padding, counts as 0/);
  });

  it('of an activation: the function, with its number', () => {
    const operands = {
      kind: 'Activation',
      inputs: Float32Array.of(-1),
      activation: 'elu',
    } as const;
    assert.deepEqual(wordsOf(operands, ['a'], -0.632121), [['ELU', 'ELU(−1.00000) = −0.632121']]);
  });

  it('of a rescaling: times the scale, plus the offset', () => {
    const inputs = Float32Array.of(6);
    const operands = { kind: 'Rescaling', inputs, scale: 0.5, offset: -1 } as const;
    assert.deepEqual(totals(operands, 2), [
      ['x, the input', 6],
      ['× scale', 3],
      ['+ offset', 2],
      ['= value', 2],
    ]);
  });

  it('of a concatenation and of padding: from where it comes', () => {
    const from = { row: 1, column: 2, channel: 3 };
    const inputs = Float32Array.of(5);
    const joined: Operands = { kind: 'Concatenate', inputs, input: 1, from };
    assert.deepEqual(wordsOf(joined, ['a', 'b'], 5), [
      ['From b', '5.00000 from b, row 1, column 2, channel 3: moved, not changed'],
    ]);
    const explanation = { operands: joined, sources: ['a', 'b'], value: inputs };
    assert.deepEqual(sourcesOf(explanation), ['b']);
    assert.deepEqual(sourceCell(joined, cell, [4, 4, 4]), from);
    const zero = {
      kind: 'ZeroPadding2D',
      inputs: new Float32Array(),
      input: 0,
      from: undefined,
    } as const;
    assert.deepEqual(wordsOf(zero, ['a'], 0), [
      ['Padding', 'outside the map: a zero of the padding'],
    ]);
    assert.equal(valueView(zero).formula(zero), 'a zero of the padding');
  });

  it('of a merge lead on to each input, to its only cell where it is repeated', () => {
    const operands = merge('multiply', 1, 2);
    const at = { row: 3, column: 2, channel: 1 };
    assert.deepEqual(sourcesOf({ operands, sources: ['a', 'b'], value: operands.inputs }), [
      'a',
      'b',
    ]);
    assert.deepEqual(sourceCell(operands, at, [4, 4, 8]), at);
    assert.deepEqual(sourceCell(operands, at, [1, 1, 8]), { row: 0, column: 0, channel: 1 });
  });
});

describe('the curve of an activation', () => {
  for (const input of [-0.5, 3, 40]) {
    it(`holds the point at ${input}, and zero`, () => {
      for (const [name, { apply }] of Object.entries(named)) {
        const { path, x, y } = activationCurve(name as PointwiseActivation, input);
        for (const value of [input, 0]) {
          assert.ok(x(value) >= 10 && x(value) <= 230, name);
          assert.ok(y(apply(value)) >= 10 - 1e-9 && y(apply(value)) <= 140 + 1e-9, name);
        }
        assert.ok(!path.includes('NaN'), name);
      }
    });
  }
});
