import { strict as assert } from 'node:assert';
import type { Operands } from '../../../src/network/layers/operands';
import type { WindowPlace } from '../../../src/network/tensor/windowPlace';
import { formatBrief, formatPrecise } from '../../../src/webview/draw/numberFormat';
import { cellColour, reachOf } from '../../../src/webview/layers/scenes/cellColour';
import { cellAfterKey } from '../../../src/webview/draw/gridKeys';
import { chosenCell } from '../../../src/webview/values/chosenCell';
import {
  progressAt,
  stepCount,
  stepNumber,
  totalAt,
} from '../../../src/webview/layers/stages/stage';
import { stagesOf } from '../../../src/webview/layers/explanation';
import { winner } from '../../../src/webview/layers/pooling';

const cell = { row: 0, column: 0, channel: 0 };
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

/** What each stage comes to. */
function totals(operands: Operands, value: number, shown: readonly number[] | 'all' = []): unknown {
  const explanation = { operands, sources: ['before'], value: Float32Array.of(value) };
  return stagesOf(explanation, { cell, shown, nameOf: (channel) => `channel ${channel}` }).map(
    ({ title, steps }) => [title, steps.at(-1)?.total],
  );
}

describe('the steps to a value', () => {
  const convolution: Operands = {
    kind: 'Conv2D',
    window,
    firstChannel: 0,
    channels: 2,
    inputs: Float32Array.of(0, 0, 0, 0, 1, 2, 3, 4),
    kernel: Float32Array.of(9, 9, 9, 9, 1, -1, 2, -2),
    bias: -0.5,
    activation: 'relu',
  };

  it('of a convolution: one channel, all channels, bias, ReLU', () => {
    assert.deepEqual(totals(convolution, 0, [0]), [
      ['Products, channel 0', 7],
      ['Sum over 2 channels', -3],
      ['+ bias', -3.5],
      ['ReLU', 0],
      ['= value', 0],
    ]);
  });

  it('of a convolution with all channels at once, or with a few side by side', () => {
    assert.deepEqual(totals({ ...convolution, activation: 'linear' }, -3.5, 'all'), [
      ['Products, all 2 channels', -3],
      ['+ bias', -3.5],
      ['= value', -3.5],
    ]);
    assert.deepEqual((totals(convolution, 0, [0, 1]) as unknown[]).slice(0, 3), [
      ['Products, channel 0', 7],
      ['Products, channel 1', -10],
      ['Sum over 2 channels', -3],
    ]);
  });

  it('of a pool: the largest, never the padding, the first of equals', () => {
    const inputs = Float32Array.of(0, 0, -2, -2);
    const pool = { kind: 'MaxPooling2D', window, inputs, divisor: 2 } as const;
    assert.deepEqual(totals(pool, -2), [
      ['The largest of the window', -2],
      ['= value', -2],
    ]);
    assert.equal(winner(pool), 2);
  });

  it('of an average', () => {
    const inside = { ...window, top: 0 };
    const inputs = Float32Array.of(1, 2, 3, 6);
    assert.deepEqual(
      totals({ kind: 'AdaptiveAveragePooling2D', window: inside, inputs, divisor: 4 }, 3),
      [
        ['Sum of the window', 12],
        ['÷ 4', 3],
        ['= value', 3],
      ],
    );
  });

  it('of a batch normalisation', () => {
    const inputs = Float32Array.of(7);
    const constants = { mean: 1, variance: 3, gamma: 2, beta: -1, epsilon: 1 };
    assert.deepEqual(totals({ kind: 'BatchNormalization', inputs, ...constants }, 5), [
      ['x, the input', 7],
      ['− mean', 6],
      ['÷ √(variance + ε)', 3],
      ['× gamma', 6],
      ['+ beta', 5],
      ['= value', 5],
    ]);
  });

  it('of a response normalisation', () => {
    const inputs = Float32Array.of(1, 4, 1);
    const constants = { firstChannel: 0, centre: 1, bias: 7, alpha: 0.5, beta: 0.5 };
    assert.deepEqual(totals({ kind: 'LocalResponseNormalization', inputs, ...constants }, 1), [
      ['Squares of 3 channels', 18],
      ['k + alpha × sum', 16],
      ['to the power 0.5', 4],
      ['x ÷ that', 1],
      ['= value', 1],
    ]);
  });

  it('of a unit: the largest products first, the others as one', () => {
    const inputs = Float32Array.from({ length: 20 }, (_, at) => at);
    const kernel = new Float32Array(20).fill(1);
    const dense = { kind: 'Dense', inputs, kernel, bias: 10, activation: 'relu' } as const;
    const explanation = {
      operands: { ...dense, logits: new Float32Array() },
      sources: ['before'],
      value: Float32Array.of(200),
    };
    const [products] = stagesOf(explanation, { cell, shown: [], nameOf: String });
    assert.equal(products!.steps.length, 17);
    assert.equal(products!.steps[0]!.total, 19);
    assert.deepEqual(products!.table!.rows[0], ['19', '19.0000', '1.00000', '19.0000']);
    assert.match(products!.steps[16]!.words, /^the 4 others, each smaller, add 6\.00000$/);
    assert.deepEqual((totals(explanation.operands, 200) as unknown[]).slice(1), [
      ['+ bias', 200],
      ['ReLU', 200],
      ['= value', 200],
    ]);
  });

  it('of a softmax: equal logits share alike, however large', () => {
    const inputs = new Float32Array(4).fill(1000);
    assert.deepEqual(totals({ kind: 'Softmax', inputs }, 0.25), [
      ['Logit z − the largest', 0],
      ['e to that power', 1],
      ['Sum of 4 units’ e^(z − max)', 4],
      ['Its share of the sum', 0.25],
      ['= value', 0.25],
    ]);
  });

  it('of a value that is passed on say where it was', () => {
    const from = { row: 1, column: 2, channel: 3 };
    const explanation = {
      operands: { kind: 'Flatten', inputs: Float32Array.of(5), input: 0, from },
      sources: ['pool5'],
      value: Float32Array.of(5),
    } as const;
    const [step] = stagesOf(explanation, { cell, shown: [], nameOf: String })[0]!.steps;
    assert.equal(step!.words, '5.00000 from pool5, row 1, column 2, channel 3: moved, not changed');
  });
});

describe('the way through the steps', () => {
  const step = (total: number): { total: number; words: string } => ({ total, words: '' });
  const stages = [
    { id: 'products', title: 'a', steps: [step(1), step(2)] },
    { id: 'one', title: 'b', steps: [step(3)] },
  ] as const;

  it('counts over all stages and stops at the ends', () => {
    assert.equal(stepCount(stages), 3);
    assert.deepEqual(progressAt(stages, 1), { stage: 0, step: 1 });
    assert.deepEqual(progressAt(stages, 2), { stage: 1, step: 0 });
    assert.deepEqual(progressAt(stages, 9), { stage: 1, step: 0 });
    assert.deepEqual(progressAt(stages, -1), { stage: 0, step: 0 });
    for (const number of [0, 1, 2]) {
      assert.equal(stepNumber(stages, progressAt(stages, number)), number);
    }
  });

  it('knows the total of a stage that has begun', () => {
    assert.equal(totalAt(stages, { stage: 0, step: 0 }, 0), 1);
    assert.equal(totalAt(stages, { stage: 0, step: 0 }, 1), undefined);
    assert.equal(totalAt(stages, { stage: 1, step: 0 }, 0), 2);
  });
});

describe('the cell that is looked at', () => {
  const data = Float32Array.of(1, 0, 5, 0, 2, 0, 3, 0);
  const nowhere = { row: undefined, column: undefined };

  it('is where its channel answers most, until a person chooses one', () => {
    assert.deepEqual(chosenCell({ ...nowhere, channel: 0 }, [2, 2, 2], data), {
      ...cell,
      column: 1,
    });
    const middle = { row: 1, column: 1, channel: 1 };
    assert.deepEqual(chosenCell({ ...nowhere, channel: 1 }, [2, 2, 2], data), middle);
  });

  it('is kept within a smaller layer', () => {
    const view = { row: 50, column: 1, channel: 99 };
    assert.deepEqual(chosenCell(view, [2, 2, 2], data), { row: 1, column: 1, channel: 1 });
    assert.deepEqual(chosenCell(view, [8], data), { row: 0, column: 0, channel: 7 });
  });

  it('moves with the arrows, and stays at the edges', () => {
    const move = (key: string): unknown =>
      cellAfterKey(key, { row: 0, column: 1 }, { rows: 2, columns: 2 });
    assert.deepEqual(move('ArrowLeft'), { row: 0, column: 0 });
    assert.deepEqual(move('ArrowRight'), { row: 0, column: 1 });
    assert.deepEqual(move('ArrowUp'), { row: 0, column: 1 });
    assert.deepEqual(move('ArrowDown'), { row: 1, column: 1 });
    assert.deepEqual(move('Home'), { row: 0, column: 0 });
    assert.equal(move('Enter'), undefined);
  });
});

describe('the colour of a cell', () => {
  it('is none for zero and for what is no number', () => {
    for (const value of [0, -0, NaN, Infinity]) assert.equal(cellColour(value, 1), undefined);
  });

  it('can be read: black or white text, whichever stands out', () => {
    for (let value = -1; value <= 1; value += 0.01) {
      const colour = cellColour(value || 0.005, 1)!;
      assert.ok(contrast(colour.back, colour.text === 'black' ? 0 : 1) >= 4.5, `${value}`);
    }
  });

  it('reaches as far as the largest number', () => {
    assert.equal(reachOf([1, -3, NaN, Infinity]), 3);
    assert.equal(reachOf([]), 0);
  });
});

describe('numbers that are added up', () => {
  for (const [value, precise, brief] of [
    [0, '0', '0'],
    [-0.03125, '−0.0312500', '−.031'],
    [123.456789, '123.457', '120'],
    [1.6e-7, '1.60000e-7', '2e-7'],
    [-2.5e9, '−2.50000e9', '−3e9'],
    [1, '1.00000', '1'],
  ] as const) {
    it(`${value} is ${precise}, in a small cell ${brief}`, () => {
      assert.deepEqual([formatPrecise(value), formatBrief(value)], [precise, brief]);
    });
  }
});

/** WCAG's contrast of a colour to black (0) or white (1). */
function contrast(colour: readonly number[], other: number): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  const [dark, light] = [Math.min(luminance, other), Math.max(luminance, other)];
  return (light + 0.05) / (dark + 0.05);
}
