import { strict as assert } from 'node:assert';
import {
  activation,
  averagePool2d,
  concatenate,
  conv2d,
  dense,
  depthwiseConv2d,
  globalAveragePool2d,
  input,
  maxPool2d,
  merge,
  zeroPadding2d,
  type TensorHandle,
} from '../../../src/network/functional';
import type { WeightName } from '../../../src/network/layers/layer';
import { gatherOperands } from '../../../src/network/layers/layerRules';
import { cellAt } from '../../../src/network/tensor/cell';
import { elementCount } from '../../../src/network/tensor/shape';
import { valueOf } from '../../support/plainOperands';

/** Distinct values that float32 holds exactly. */
const counting = (length: number, first = 1): Float32Array =>
  Float32Array.from({ length }, (_, at) => first + at);

const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

interface Given {
  readonly inputs: readonly Float32Array[];
  /** The weights of one channel. */
  readonly weights?: (name: WeightName, channel: number) => Float32Array;
}

/** Every value of a layer, each from its operands. */
function values({ layer }: TensorHandle, { inputs, weights }: Given): readonly number[] {
  return Array.from({ length: elementCount(layer.outputShape) }, (_, index) => {
    const cell = cellAt(layer.outputShape, index);
    const ofCell = (name: WeightName): Float32Array =>
      weights?.(name, cell.channel) ?? new Float32Array();
    const sources = { inputs, weights: ofCell, logits: new Float32Array() };
    return valueOf(gatherOperands(layer, cell, sources), cell.channel);
  });
}

const cell = { row: 0, column: 0, channel: 0 };
const none = { weights: () => new Float32Array(), logits: new Float32Array() };

describe('the operands of a convolution', () => {
  it('are those under a dilated window of sides and strides that differ', () => {
    const [height, width] = [7, 6] as const;
    const map = counting(height * width);
    const call = conv2d(1, [2, 3], {
      name: 'c',
      strides: [2, 1],
      dilation: [3, 2],
      padding: [
        [1, 0],
        [0, 2],
      ],
    });
    const x = call(input([height, width, 1]));
    const kernel = counting(6);
    const at = (row: number, column: number): number =>
      row >= 0 && row < height && column < width ? map[row * width + column]! : 0;
    const expected = [0, 1, 2].flatMap((row) =>
      [0, 1, 2, 3].map((column) =>
        sum(
          [0, 1].flatMap((i) =>
            [0, 1, 2].map((j) => kernel[i * 3 + j]! * at(row * 2 - 1 + i * 3, column + j * 2)),
          ),
        ),
      ),
    );
    assert.deepEqual(x.shape, [3, 4, 1]);
    const weights = (name: WeightName): Float32Array =>
      name === 'kernel' ? kernel : Float32Array.of(0);
    assert.deepEqual(values(x, { inputs: [map], weights }), expected);
  });

  it('are one channel where it is depthwise, two filters for each', () => {
    const map = counting(4 * 3);
    const x = depthwiseConv2d(2, { name: 'd', multiplier: 2, useBias: false })(input([2, 2, 3]));
    assert.deepEqual(x.shape, [1, 1, 6]);
    const weights = (_: WeightName, filter: number): Float32Array =>
      Float32Array.of(1, 10, 100, 1000).map((weight) => weight * (filter + 1));
    const ofChannel = (channel: number): number =>
      sum([0, 1, 2, 3].map((place) => map[place * 3 + channel]! * 10 ** place));
    assert.deepEqual(
      values(x, { inputs: [map], weights }),
      [0, 1, 2, 3, 4, 5].map((filter) => ofChannel(Math.floor(filter / 2)) * (filter + 1)),
    );
  });

  it('have no bias where the layer has none', () => {
    for (const { layer } of [
      conv2d(1, 1, { name: 'c', useBias: false })(input([1, 1, 1])),
      dense(1, { name: 'd', useBias: false })(input([1])),
    ]) {
      const operands = gatherOperands(layer, cell, { ...none, inputs: [counting(1)] });
      assert.ok('bias' in operands);
      assert.equal(operands.bias, undefined);
      assert.deepEqual(
        layer.weights.map(({ name }) => name),
        ['kernel'],
      );
    }
  });
});

describe('the operands of a pool', () => {
  const averages = (
    side: number,
    pool: number,
    options: Omit<Parameters<typeof averagePool2d>[1], 'name'>,
  ): readonly number[] => {
    const call = averagePool2d(pool, { name: 'p', ...options });
    return values(call(input([side, side, 1])), { inputs: [counting(side * side)] });
  };

  it('leave zeros of the padding out of a mean unless they count', () => {
    // 3 x 3 of 1 to 9, windows of 2 x 2 that begin in the corner of the padding.
    const options = { strides: 2, padding: 1 } as const;
    assert.deepEqual(averages(3, 2, options), [1, 2.5, 5.5, 7]);
    assert.deepEqual(averages(3, 2, { ...options, countPadding: true }), [0.25, 1.25, 2.75, 7]);
  });

  it('are as ONNX has them where a size is rounded up', () => {
    // test_averagepool_2d_ceil of the onnx package.
    const options = { strides: 2, ceil: true } as const;
    assert.deepEqual(averages(4, 3, options), [6, 7.5, 12, 13.5]);
    // Zeros that only the rounding adds never count.
    assert.deepEqual(averages(4, 3, { ...options, countPadding: true }), [6, 7.5, 12, 13.5]);
  });

  it('count the zeros that were asked for and not those of the rounding', () => {
    // 4 x 4 of ones, padded to 6 x 6: the second window begins at 2 in it and would reach to 7.
    const call = averagePool2d(5, {
      name: 'p',
      strides: 3,
      padding: 1,
      ceil: true,
      countPadding: true,
    });
    const ones = new Float32Array(16).fill(1);
    assert.deepEqual(values(call(input([4, 4, 1])), { inputs: [ones] }), [
      16 / 25,
      (4 * 2) / (5 * 3),
      (2 * 4) / (3 * 5),
      4 / 9,
    ]);
  });

  it('count all zeros of "same" where they count', () => {
    const options = { strides: 1, padding: 'same' } as const;
    assert.deepEqual(averages(2, 2, { ...options, countPadding: true }), [2.5, 1.5, 1.75, 1]);
    assert.deepEqual(averages(2, 2, options), [2.5, 3, 3.5, 4]);
  });

  it('never take a zero of the padding for the largest', () => {
    const call = maxPool2d([2, 3], { name: 'p', strides: [1, 2], padding: 'same' });
    const map = Float32Array.of(-1, -2, -3, -4, -5, -6);
    assert.deepEqual(values(call(input([2, 3, 1])), { inputs: [map] }), [-1, -2, -4, -5]);
  });

  it('are the whole map of one channel where it is global, kept as a map or not', () => {
    const map = counting(3 * 2 * 2);
    for (const keepDims of [false, true]) {
      const x = globalAveragePool2d({ name: 'g', keepDims })(input([3, 2, 2]));
      assert.deepEqual(x.shape, keepDims ? [1, 1, 2] : [2]);
      assert.deepEqual(values(x, { inputs: [map] }), [6, 7]);
    }
  });
});

describe('the operands of a layer that joins or moves values', () => {
  const two = (): readonly [TensorHandle, TensorHandle] => [
    input([2, 2, 2], 'a'),
    input([2, 2, 3], 'b'),
  ];

  it('come from the input that holds the channel', () => {
    const inputs = [counting(8), counting(12, 101)];
    const x = concatenate({ name: 'c' })(...two());
    assert.deepEqual(x.shape, [2, 2, 5]);
    assert.deepEqual(
      values(x, { inputs }),
      [0, 1, 2, 3].flatMap((place) => [
        ...inputs[0]!.slice(2 * place, 2 * place + 2),
        ...inputs[1]!.slice(3 * place, 3 * place + 3),
      ]),
    );
    const last = gatherOperands(x.layer, { row: 1, column: 0, channel: 3 }, { ...none, inputs });
    assert.ok('from' in last);
    assert.deepEqual([last.input, last.from], [1, { row: 1, column: 0, channel: 1 }]);
  });

  it('join lists unit by unit', () => {
    const x = concatenate({ name: 'c' })(input([2], 'a'), input([1], 'b'), input([3], 'c'));
    const inputs = [counting(2), counting(1, 11), counting(3, 21)];
    assert.deepEqual(values(x, { inputs }), [1, 2, 11, 21, 22, 23]);
  });

  it('are one value of each input; what has one cell or one channel is repeated', () => {
    const gate = input([1, 1, 2], 'gate');
    const mask = input([2, 2, 1], 'mask');
    const x = merge('multiply', { name: 'm' })(gate, input([2, 2, 2], 'map'), mask);
    assert.deepEqual(x.shape, [2, 2, 2]);
    const inputs = [counting(2, 10), counting(8), counting(4, 100)];
    const merged = Array.from({ length: 8 }, (_, index) => {
      const operands = gatherOperands(x.layer, cellAt([2, 2, 2], index), { ...none, inputs });
      assert.ok(operands.kind === 'Merge' && operands.operation === 'multiply');
      return [...operands.inputs];
    });
    assert.deepEqual(
      merged,
      Array.from({ length: 8 }, (_, at) => [10 + (at % 2), 1 + at, 100 + Math.floor(at / 2)]),
    );
  });

  it('are a zero of the padding, or the value that was moved', () => {
    const call = zeroPadding2d(
      [
        [1, 0],
        [0, 2],
      ],
      { name: 'z' },
    );
    const x = call(input([2, 1, 2]));
    assert.deepEqual(x.shape, [3, 3, 2]);
    const rows = [
      [0, 0, 0, 0, 0, 0],
      [1, 2, 0, 0, 0, 0],
      [3, 4, 0, 0, 0, 0],
    ];
    assert.deepEqual(values(x, { inputs: [counting(4)] }), rows.flat());
    const zero = gatherOperands(x.layer, cell, { ...none, inputs: [counting(4)] });
    assert.ok('from' in zero);
    assert.deepEqual([zero.from, zero.inputs.length], [undefined, 0]);
  });

  it('are one value where a function is a layer', () => {
    const x = activation('relu6', { name: 'r' })(input([1, 1, 3]));
    assert.deepEqual(values(x, { inputs: [Float32Array.of(-1, 3, 9)] }), [0, 3, 6]);
  });
});
