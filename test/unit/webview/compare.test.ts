import { strict as assert } from 'node:assert';
import type { Difference, LayerComparison } from '../../../src/protocol/comparison';
import { comparedCams, camVerdict, type CamSides } from '../../../src/webview/compare/comparedCams';
import { comparedCamRows, comparedRows } from '../../../src/webview/compare/comparedRows';
import { differenceFacts, differenceLine } from '../../../src/webview/compare/differenceWords';
import { layerDifference } from '../../../src/webview/compare/layerDifference';
import { verdict } from '../../../src/webview/compare/verdict';
import { followComparison, followed } from '../../../src/webview/state/follow';
import { firstView } from '../../../src/webview/state/viewState';
import { formatCosine } from '../../../src/webview/draw/numberFormat';
import { commonScale, heatScale } from '../../../src/webview/draw/heatScale';
import { runOf, tensorOf } from './fixtures';

const shape = [2, 2, 3];

function difference(rmse: number, more: Partial<Difference> = {}): Difference {
  return {
    maxAbs: 2 * rmse,
    rmse,
    rms: 2,
    cosine: 0.5,
    broken: 0,
    map: Float32Array.of(0, 1, 2, 3),
    ...more,
  };
}

function layer(name: string, rmse: number, more: Partial<Difference> = {}): LayerComparison {
  return { name, a: shape, b: shape, difference: difference(rmse, more) };
}

describe('the words on two runs', () => {
  for (const [title, layers, wanted] of [
    [
      'agree within rounding',
      [layer('input', 0), layer('conv1', 1.9e-4)],
      /^A and B agree: in no layer is the RMSE above 0\.01\u00a0% of A’s RMS\.$/,
    ],
    [
      'part at the input',
      [layer('input', 0.5), layer('conv1', 1, { cosine: 0.25 })],
      /^They part at the input: the network sees other pixels \(RMSE 0\.5, 25\.0\u00a0% of A’s RMS\)\. Furthest apart by direction: conv1, cosine 0\.2500\.$/,
    ],
    [
      'part at a layer after equal ones',
      [layer('input', 0), layer('conv1', 0), layer('bn1', 1)],
      /^They part at bn1 \(RMSE 1, 50\.0\u00a0% of A’s RMS\)\. The 2 layers before it are the same\./,
    ],
    [
      'part at a layer of another shape',
      [layer('input', 0), { name: 'conv1', a: [55, 55, 96], b: [55, 55, 64] }],
      /^They part at conv1: 55 × 55 × 96 in A, 55 × 55 × 64 in B\. Before it only input is the same\./,
    ],
    [
      'part at a layer only A has',
      [{ name: 'bn1', a: shape }],
      /^They part at bn1, which only A has\.$/,
    ],
    [
      'part at a layer only B has',
      [{ name: 'norm1', b: shape }],
      /^They part at norm1, which only B has\.$/,
    ],
    [
      'part where values are no numbers',
      [layer('input', 0, { broken: 3 })],
      /^They part at input: 3 values are NaN or infinite\./,
    ],
  ] as const) {
    it(`say that they ${title}`, () =>
      assert.match(verdict(layers, { input: 'input', isSamePicture: true }), wanted));
  }

  it('do not say of two pictures that they part at the input', () => {
    const compared = { input: 'input', isSamePicture: false };
    assert.match(
      verdict([layer('input', 0.5), layer('conv1', 1, { cosine: 0.25 })], compared),
      /^A and B are two pictures \(RMSE 0\.5, 25\.0\u00a0% of A’s RMS\)\. Furthest apart by direction: conv1, /,
    );
    const otherSize = { name: 'input', a: [224, 224, 3], b: [227, 227, 3] };
    assert.equal(verdict([otherSize], compared), 'A and B are two pictures.');
    assert.match(verdict([layer('input', 0), layer('conv1', 1)], compared), /^They part at conv1/);
  });

  for (const [cosine, words] of [
    [1, '1'],
    [1.0000001, '1'],
    [0.99999997, '1 − 3.0e-8'],
    [0.90527, '0.9053'],
    [-0.25, '−0.2500'],
    [0, '0.0000'],
  ] as const) {
    it(`write a cosine of ${cosine} as ${words}`, () => assert.equal(formatCosine(cosine), words));
  }
});

describe('the rows of two runs', () => {
  const a = runOf('keras', { conv1: Float32Array.of(0, 1, 2, 3) });
  const b = runOf('keras', { conv1: Float32Array.of(0, -6, 2, 3) });

  it('show both maps on one scale, and the difference on its own', () => {
    const [, row] = comparedRows([layer('input', 0), layer('conv1', 1)], { a, b }, 'mean');
    assert.deepEqual([row?.a?.scale.kind, row?.a?.scale.max], ['diverging', 6]);
    assert.deepEqual([row?.b?.scale.kind, row?.b?.scale.max], ['diverging', 6]);
    assert.deepEqual([row?.difference?.scale.kind, row?.difference?.scale.max], ['sequential', 3]);
    assert.deepEqual([row?.difference?.rows, row?.difference?.columns], [2, 2]);
    assert.deepEqual(row?.numbers, {
      maxAbs: '2',
      rmse: '1',
      share: '50.0 %',
      bar: 0.5,
      cosine: '0.5000',
    });
  });

  it('have their own scales where one would be black beside the other', () => {
    const large = runOf('keras', { conv1: Float32Array.of(0, 31, 2, 3) });
    const [row] = comparedRows([layer('conv1', 25)], { a, b: large }, 'mean');
    assert.deepEqual([row?.ownScales, row?.a?.scale.max, row?.b?.scale.max], [true, 3, 31]);
    assert.equal(row?.numbers?.share, '12.5 ×');
  });

  it('mark the first layer that parts and no other', () => {
    const layers = [layer('input', 0), layer('conv1', 1), layer('bn1', 1)];
    const rows = comparedRows(layers, { a, b }, 'mean');
    assert.deepEqual(
      rows.map(({ parts, isFirst }) => [parts, isFirst]),
      [
        [false, false],
        [true, true],
        [true, false],
      ],
    );
    assert.deepEqual([rows[0]?.seen?.a, rows[1]?.seen], [a.seen, undefined]);
  });

  it('say why there are no numbers, and how small a share is', () => {
    const rows = comparedRows(
      [
        { name: 'bn1', a: shape },
        { name: 'norm1', b: shape },
        { name: 'conv1', a: shape, b: [2, 2, 4] },
        layer('pool1', 2e-6),
        layer('flatten', 0, { rms: 0, broken: 2 }),
      ],
      { a, b },
      'mean',
    );
    assert.deepEqual(
      rows.map(({ note }) => note),
      ['only in A', 'only in B', 'shapes differ', undefined, '2 NaN or infinite'],
    );
    assert.equal(rows[2]?.shape, '2 × 2 × 3 | 2 × 2 × 4');
    assert.equal(rows[3]?.numbers?.share, '1.0e-4 %');
    assert.equal(rows[4]?.numbers?.share, '0.0 %');
  });
});

describe('a layer in two runs', () => {
  const a = tensorOf([2, 3, 4], (row, column, channel) => row + column * channel);
  const b = tensorOf([2, 3, 4], (row, column, channel) => row - column + channel);

  it('is subtracted value by value, once', () => {
    const found = layerDifference(a, b);
    assert.deepEqual(
      [...found.apart.maps.data],
      [...b.data].map((value, index) => value - (a.data[index] ?? NaN)),
    );
    assert.equal(layerDifference(a, b), found);
    assert.notEqual(layerDifference(b, a), found);
  });

  it('is read at a cell in both, and of units without a place', () => {
    const found = layerDifference(a, b);
    const words = 'channel 3 · row 1, column 2 · A 7 · B 2 · B − A −5';
    assert.equal(differenceLine(found, { channel: 3, row: 1, column: 2 }), words);
    const units = layerDifference(
      { shape: [2], data: Float32Array.of(1, 2) },
      { shape: [2], data: Float32Array.of(1, 4) },
    );
    const line = differenceLine(units, { channel: 1, row: 0, column: 0 });
    assert.equal(line, 'unit 1 · A 2 · B 4 · B − A 2');
  });

  it('has its numbers, and what is no number counted', () => {
    const facts = differenceFacts(difference(0.5, { broken: 7 }));
    assert.deepEqual(
      facts.map(({ term, value }) => `${term} ${value}`),
      ['max abs 1', 'RMSE 0.5', 'of A’s RMS 25.0 %', 'cosine 0.5000', 'NaN or infinite 7'],
    );
  });
});

describe('the middle of the page', () => {
  const begun = 5;
  const comparison = { status: 'waiting', begun } as const;

  it('is taken by a comparison once, and given back where that is still in it', () => {
    const taken = { ...firstView, ...followComparison(firstView, comparison) };
    assert.deepEqual([taken.view, taken.compared], ['compare', begun]);
    const away = { ...taken, view: 'table' } as const;
    assert.deepEqual(followComparison(away, comparison), {});
    assert.deepEqual(followComparison(away, { ...comparison, begun: 6 }).view, 'compare');
    assert.deepEqual(followComparison(away, undefined), { compared: undefined, view: 'table' });
    assert.deepEqual(followComparison(taken, undefined), { compared: undefined, view: 'graph' });
  });

  it('is kept for a comparison that another window may bring back, until the page is told of its end', () => {
    const away = { ...firstView, compared: 5, view: 'compare' } as const;
    const none = { comparison: undefined, evaluation: undefined, training: undefined };
    assert.deepEqual(
      followed(away, none, () => false),
      {},
    );
    const told = followed(away, none, (part) => part === 'comparison');
    assert.deepEqual(told, { compared: undefined, view: 'graph' });
    const back = { ...none, comparison: { status: 'waiting', begun: 5 } } as const;
    assert.deepEqual(
      followed(away, back, (part) => part === 'comparison'),
      {},
    );
  });
});

describe('a common scale', () => {
  it('reaches as far as the furthest map, and has two sides where any has', () => {
    const scales = [Float32Array.of(0, 5), Float32Array.of(-1, 2)].map(heatScale);
    assert.deepEqual(commonScale(scales), { kind: 'diverging', max: 5 });
    assert.deepEqual(commonScale(scales.slice(0, 1)), { kind: 'sequential', max: 5 });
    assert.deepEqual(commonScale([]), { kind: 'sequential', max: 0 });
  });
});

describe('two runs by what spoke for a class', () => {
  const side = (conv1: Float32Array): CamSides['a'] => ({
    status: 'ready',
    value: {
      value: 1,
      layers: [
        { name: 'conv1', shape: [2, 2], data: conv1 },
        { name: 'fc8', shape: [2], data: Float32Array.of(0, 1) },
      ],
    },
  });
  const sides = {
    a: side(Float32Array.of(0, 1, 2, 3)),
    b: side(Float32Array.of(0, 1, -2, 3)),
    target: 'tench',
  };
  const layers = [layer('input', 0), layer('conv1', 1), { ...layer('fc8', 1), a: [2], b: [2] }];

  it('are shown where a layer has Grad-CAM, with zero in the middle and numbers of the maps', () => {
    const rows = comparedCamRows(layers, sides);
    assert.deepEqual(
      rows.map(({ name }) => name),
      ['conv1', 'fc8'],
    );
    const [row] = rows;
    assert.deepEqual([row?.a?.scale.kind, row?.a?.scale.max], ['diverging', 3]);
    assert.deepEqual([...(row?.difference?.values ?? [])], [0, 0, 4, 0]);
    assert.deepEqual([row?.numbers?.maxAbs, row?.numbers?.rmse], ['4', '2']);
    assert.equal(row?.numbers?.cosine, formatCosine(6 / 14));
  });

  it('are told apart in a sentence, or it says what is missing', () => {
    const compared = comparedCams(layers, sides);
    assert.equal(
      camVerdict(compared, sides),
      'What spoke for tench in A and in B. Least alike: conv1, cosine 0.4286.',
    );
    const gone = { status: 'failed', why: 'run 1 is not kept' } as const;
    assert.equal(
      camVerdict([], { ...sides, a: gone }),
      'Grad-CAM of A cannot be had: run 1 is not kept.',
    );
    const coming = { status: 'loading' } as const;
    assert.match(camVerdict([], { ...sides, b: coming }), /^Working out Grad-CAM of B for tench/);
  });
});
