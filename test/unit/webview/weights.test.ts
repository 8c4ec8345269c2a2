import * as mosaics from '../../../src/webview/weights/mosaic';
import type { TensorSummary } from '../../../src/protocol/weightSummary';
import { batchNormEffect } from '../../../src/webview/weights/batchNormPart';
import { barHeights, binWords, zeroBin } from '../../../src/webview/weights/histogramView';
import { reachOf, rgbTile, weightColour } from '../../../src/webview/weights/kernelPixels';
import { lrnCurve } from '../../../src/webview/weights/lrnPart';
import {
  sizeWords,
  statisticsFacts,
  tensorWarnings,
} from '../../../src/webview/weights/tensorWords';
import { unitPoints } from '../../../src/webview/weights/unitPlot';
import { brokenColour } from '../../../src/webview/draw/heatScale';

import assert from 'node:assert/strict';

const histogram = { from: -0.375, width: 0.25, counts: Uint32Array.of(10, 0, 1000, 1) };

function tensor(changes: Partial<TensorSummary> = {}): TensorSummary {
  return {
    name: 'kernel',
    shape: [11, 11, 3, 96],
    count: 34_848,
    zeros: 0,
    nan: 0,
    infinite: 0,
    statistics: { min: -0.5, max: 0.25, mean: -1.234567e-7, std: 0.1, l2: 12 },
    norms: Float32Array.of(1, 2),
    ...changes,
  };
}

describe('a histogram on screen', () => {
  it('has bars in proportion, and shows even a single value', () => {
    assert.deepEqual(barHeights(histogram, 'linear'), [0.015, 0, 1, 0.015]);
    const [ten, none, most, one] = barHeights(histogram, 'log');
    assert.deepEqual([none, most], [0, 1]);
    assert.ok(Math.abs(ten! - Math.log(11) / Math.log(1001)) < 1e-15);
    assert.ok(one! > 0.1 && one! < ten!);
  });

  it('knows the bin of zero, or that there is none', () => {
    assert.equal(zeroBin(histogram), 1);
    assert.equal(zeroBin({ ...histogram, from: 0.125 }), undefined);
    assert.equal(zeroBin({ ...histogram, from: -10.125 }), undefined);
    assert.equal(zeroBin({ from: 0, width: 0, counts: Uint32Array.of(3) }), 0);
    assert.equal(zeroBin({ from: 1, width: 0, counts: Uint32Array.of(3) }), undefined);
  });

  it('says a bin in words', () => {
    assert.equal(binWords(histogram, 2, 2000), '0.125 to 0.375: 1,000 values, 50.0 %');
    assert.equal(binWords(histogram, 0, 2000), '−0.375 to −0.125: 10 values, 0.5 %');
    assert.equal(binWords(histogram, 3, 2000), '0.375 to 0.625: 1 value, 0.1 %');
    const same = { from: 1, width: 0, counts: Uint32Array.of(3) };
    assert.equal(binWords(same, 0, 3), '1: 3 values, 100.0 %');
  });
});

describe("a tensor's words", () => {
  it('are its size and its numbers', () => {
    assert.equal(sizeWords(tensor()), '11 × 11 × 3 × 96 · 34,848 values');
    assert.equal(sizeWords(tensor({ shape: [1], count: 1 })), '1 value');
    assert.deepEqual(
      statisticsFacts(tensor()).map(({ term, value }) => `${term} ${value}`),
      [
        'min −0.5',
        'max 0.25',
        'mean −1.23457e-7',
        'std 0.1',
        'L2 norm 12',
        'zeros 0',
        'NaN 0',
        'infinite 0',
      ],
    );
  });

  it('say that there are none where nothing is finite', () => {
    const { name, shape, count, infinite } = tensor();
    const broken = { name, shape, count, infinite, zeros: 0, nan: count };
    assert.equal(statisticsFacts(broken)[0]!.value, 'none');
  });

  for (const [what, changes, warning] of [
    ['nothing', {}, undefined],
    ['NaN and infinities', { nan: 3, infinite: 1 }, /^3 of 34,848 values are NaN and 1 infinite/],
    ['a dead kernel', { zeros: 34_848 }, /^Dead: all 34,848 values are 0/],
    ['a bias of zeros, which is usual', { name: 'bias', zeros: 34_848 }, undefined],
    ['dead outputs', { norms: Float32Array.of(0, 1, 0) }, /^2 of 3 outputs have nothing but zeros/],
    [
      'a negative variance',
      { name: 'moving_variance' },
      /cannot be negative; the smallest is −0.5/,
    ],
  ] as const) {
    it(`warn of ${what}`, () => {
      const warnings = tensorWarnings(tensor(changes));
      assert.equal(warnings.length, warning ? 1 : 0);
      if (warning) assert.match(warnings[0]!, warning);
    });
  }
});

describe('a filter over colours', () => {
  const values = Float32Array.of(1, 0, -1, 0.5, 0.5, 0.5);

  it('has zero as mid grey, and its channels in the order of the picture', () => {
    assert.equal(reachOf(values), 1);
    assert.deepEqual([...rgbTile(values, 1, 'RGB')], [255, 128, 0, 255, 191, 191, 191, 255]);
    assert.deepEqual([...rgbTile(values, 1, 'BGR')].slice(0, 4), [0, 128, 255, 255]);
    assert.deepEqual([...rgbTile(new Float32Array(3), 0, 'RGB')], [128, 128, 128, 255]);
  });

  it('shows what is not finite in a colour of its own', () => {
    const broken = Float32Array.of(NaN, 1, Infinity);
    assert.equal(reachOf(broken), 1);
    assert.deepEqual([...rgbTile(broken, 1, 'BGR')].slice(0, 3), brokenColour);
    assert.equal(weightColour(NaN, 1), brokenColour);
  });
});

describe('the mosaic of a filter', () => {
  for (const shape of [
    [11, 11, 3],
    [5, 5, 48],
    [3, 3, 384],
    [1, 1, 1],
    [3, 2, 5],
  ] as const) {
    it(`finds every weight of ${shape.join(' × ')} where it is drawn`, () => {
      const mosaic = mosaics.layMosaic(shape);
      const [height, width, channels] = shape;
      const values = Float32Array.from({ length: height * width * channels }, (_, i) => i);
      const drawn = new Set<string>();
      values.forEach((_, index) => {
        const place = mosaics.placeOf(mosaic, index);
        assert.equal(mosaics.indexOf(mosaic, place), index);
        const { x, y } = mosaics.drawnAt(mosaic, place);
        drawn.add(`${x} ${y}`);
        const found = mosaics.weightAt(mosaic, (x + 0.5) / mosaic.columns, (y + 0.5) / mosaic.rows);
        assert.deepEqual(found, place);
        const { row, column, channel } = place;
        const expected = (row * width + column) * channels + channel;
        assert.equal(mosaics.weightOf(values, mosaic, place), expected);
      });
      assert.equal(drawn.size, values.length);
      const pixels = mosaics.mosaicPixels(values, mosaic, values.length);
      const opaque = pixels.filter((alpha, i) => i % 4 === 3 && alpha === 255).length;
      assert.equal(opaque, values.length);
    });
  }

  it('has nothing in gaps, past the last channel and outside', () => {
    const mosaic = mosaics.layMosaic([2, 2, 5]);
    assert.deepEqual([mosaic.columns, mosaic.rows], [8, 5]);
    for (const [x, y] of [
      [2.5, 0.5],
      [0.5, 2.5],
      [6.5, 3.5],
      [-1, 0],
      [8, 0],
    ] as const) {
      assert.equal(mosaics.weightAt(mosaic, x / 8, y / 5), undefined);
    }
  });
});

describe('dots over units', () => {
  it('stand between the smallest and the largest value', () => {
    const { low, high, heights, zero } = unitPoints(Float32Array.of(-1, 3, NaN, 1), false);
    assert.deepEqual([low, high, zero], [-1, 3, 0.75]);
    assert.deepEqual(heights, [1, 0, undefined, 0.5]);
  });

  it('stand in the middle where all are alike, and above 0 where they are sizes', () => {
    assert.deepEqual(unitPoints(Float32Array.of(2, 2), false).heights, [0.5, 0.5]);
    assert.deepEqual(unitPoints(Float32Array.of(2, 2), true).heights, [0, 0]);
    assert.equal(unitPoints(Float32Array.of(2, 3), false).zero, undefined);
  });
});

describe('the effect of batch normalisation', () => {
  const named = (name: TensorSummary['name'], ...values: number[]): TensorSummary =>
    tensor({ name, shape: [values.length], values: Float32Array.from(values) });

  it('is a scale and a shift for each channel', () => {
    const tensors = [
      named('gamma', 2, 1),
      named('beta', 1, 0),
      named('moving_mean', 3, 5),
      named('moving_variance', 3.75, 0.75),
    ];
    const { scale, shift } = batchNormEffect(tensors, 0.25)!;
    assert.deepEqual([...scale, ...shift], [1, 1, -2, -5]);
    const plain = batchNormEffect(tensors.slice(2), 0.25)!;
    assert.deepEqual([...plain.scale, ...plain.shift], [0.5, 1, -1.5, -5]);
    assert.equal(batchNormEffect(tensors.slice(0, 3), 0.25), undefined);
  });
});

describe('the curve of local response normalisation', () => {
  it('follows the formula, alone and among equals', () => {
    const settings = { depthRadius: 2, bias: 2, alpha: 1e-4, beta: 0.75 };
    const { inputs, alone, together } = lrnCurve(settings);
    assert.equal(inputs[0], 0);
    assert.equal(inputs.at(-1), 360);
    inputs.forEach((x, i) => {
      assert.ok(Math.abs(alone[i]! - x * (2 + 1e-4 * x * x) ** -0.75) < 1e-9);
      assert.ok(Math.abs(together[i]! - x * (2 + 5e-4 * x * x) ** -0.75) < 1e-9);
    });
  });

  it('ends somewhere even where nothing is divided', () => {
    const { inputs, alone } = lrnCurve({ depthRadius: 0, bias: 1, alpha: 0, beta: 0.75 });
    assert.deepEqual(alone, inputs);
  });
});
