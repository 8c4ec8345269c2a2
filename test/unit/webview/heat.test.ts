import type { LayerRun } from '../../../src/protocol/runMaps';
import { heatMap } from '../../../src/webview/draw/heatMap';
import { bmpBytes, heatPixels, rgbPixels } from '../../../src/webview/draw/pixels';
import {
  brokenColour,
  heatColour,
  heatPosition,
  heatScale,
  heatStops,
} from '../../../src/webview/draw/heatScale';
import { mapWarnings, mapWords, scaleTicks } from '../../../src/webview/draw/mapWords';
import { decodeBmp } from '../../../src/imaging/formats/bmp/decodeBmp';
import { unitGrid } from '../../../src/webview/draw/grid';

import assert from 'node:assert/strict';

function run(changes: Partial<LayerRun> = {}): LayerRun {
  return {
    name: 'conv1',
    outputShape: [2, 2, 96],
    milliseconds: 1,
    height: 2,
    width: 2,
    mean: Float32Array.of(0, 1, 2, 4),
    strongest: Float32Array.of(-1, 0, 0, 2),
    strongestChannel: 37,
    ...changes,
  };
}

describe('a heat scale', () => {
  const cases = [
    ['a map without negatives runs from 0', [0, 1, 4], 'sequential', 4, 0, false],
    ['a map with negatives is centred on 0', [-3, 1], 'diverging', 3, 0, false],
    ['a dead map is told', [0, 0], 'sequential', 0, 0, true],
    ['broken cells do not stretch the scale', [NaN, Infinity, 2], 'sequential', 2, 2, false],
    ['a map of nothing but broken cells is not dead', [NaN, NaN], 'sequential', 0, 2, false],
    ['an empty map has no range', [], 'sequential', 0, 0, false],
  ] as const;
  for (const [name, values, kind, max, broken, dead] of cases) {
    it(name, () => {
      assert.deepEqual(heatScale(values), { kind, max, broken, dead });
    });
  }

  it('grows brighter with every value', () => {
    const light = (position: number): number => {
      const [red, green, blue] = heatColour('sequential', position);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    for (let step = 0; step < 20; step++) assert.ok(light((step + 1) / 20) > light(step / 20));
  });

  it('has zero neutral in the middle when it diverges, blue below and red above', () => {
    const scale = heatScale([-2, 1]);
    assert.equal(heatPosition(scale, 0), 0.5);
    const [red, green, blue] = heatColour('diverging', 0.5);
    assert.ok(Math.max(red, green, blue) - Math.min(red, green, blue) < 12);
    const [coldRed, , coldBlue] = heatColour('diverging', 0.1);
    const [warmRed, , warmBlue] = heatColour('diverging', 0.9);
    assert.ok(coldBlue > coldRed && warmRed > warmBlue);
  });

  it('gives CSS colours for a bar', () => {
    assert.deepEqual(heatStops('sequential', 2), ['rgb(0 0 4)', 'rgb(252 255 164)']);
  });
});

describe('the pixels of a map', () => {
  it('are one a cell, opaque, magenta where broken', () => {
    const pixels = heatPixels(heatMap(run({ mean: Float32Array.of(0, 4, NaN, 1) }), 'mean'));
    assert.deepEqual([...pixels.slice(0, 8)], [0, 0, 4, 255, 252, 255, 164, 255]);
    assert.deepEqual([...pixels.slice(8, 12)], [...brokenColour, 255]);
  });

  it('leave cells after the last unit transparent', () => {
    const units = run({ outputShape: [3], height: 1, width: 3, mean: Float32Array.of(1, 1, 1) });
    const pixels = heatPixels(heatMap(units, 'mean'));
    assert.equal(pixels.length, 16);
    assert.equal(pixels[15], 0);
  });

  it('are the same in the file in memory that the page shows a large picture by', () => {
    for (const [width, height] of [
      [5, 3],
      [4, 4],
      [1, 1],
    ] as const) {
      const rgb = Uint8Array.from({ length: 3 * width * height }, (_, at) => (at * 37) % 256);
      assert.deepEqual(decodeBmp(bmpBytes({ rgb, width, height })).rgb, rgb);
    }
  });

  it('take pictures as they are', () => {
    assert.deepEqual([...rgbPixels(Uint8Array.of(1, 2, 3))], [1, 2, 3, 255]);
  });
});

describe('a heatmap', () => {
  it('shows the mean or the strongest channel, and is worked out once', () => {
    const layer = run();
    assert.equal(heatMap(layer, 'mean'), heatMap(layer, 'mean'));
    assert.equal(heatMap(layer, 'mean').scale.kind, 'sequential');
    assert.equal(heatMap(layer, 'strongest').scale.kind, 'diverging');
    assert.equal(mapWords(heatMap(layer, 'mean'), 96), 'mean of 96 channels');
    assert.equal(mapWords(heatMap(layer, 'strongest'), 96), 'channel 37, the strongest of 96');
  });

  it('shows units in a near-square grid whatever the mode', () => {
    const values = new Float32Array(1000);
    const units = run({ outputShape: [1000], height: 1, width: 1000, mean: values });
    const map = heatMap(units, 'strongest');
    assert.deepEqual([map.columns, map.rows, map.channel], [32, 32, undefined]);
    assert.equal(map.values, values);
    assert.equal(mapWords(map, 1000), '1,000 units, 32 a row');
  });

  it('says what is wrong with it', () => {
    assert.deepEqual(mapWarnings(heatMap(run(), 'mean')), []);
    assert.deepEqual(mapWarnings(heatMap(run({ mean: new Float32Array(4) }), 'mean')), [
      'Dead: every value is 0.',
    ]);
    assert.deepEqual(mapWarnings(heatMap(run({ mean: Float32Array.of(NaN, 1, 1, 1) }), 'mean')), [
      '1 of 4 cells are NaN or infinite, shown in magenta.',
    ]);
  });

  it('has numbers on its colour bar', () => {
    assert.deepEqual(scaleTicks(heatMap(run(), 'mean')), ['0', '2', '4']);
    assert.deepEqual(scaleTicks(heatMap(run(), 'strongest')), ['−2', '0', '2']);
    assert.deepEqual(scaleTicks(heatMap(run({ mean: new Float32Array(4) }), 'mean')), ['0']);
  });
});

describe('a grid of units', () => {
  for (const [units, columns, rows] of [
    [4096, 64, 64],
    [9216, 96, 96],
    [1000, 32, 32],
    [2, 2, 1],
    [1, 1, 1],
    [0, 1, 1],
  ] as const) {
    it(`of ${units} is ${columns} wide and ${rows} high`, () => {
      assert.deepEqual(unitGrid(units), { columns, rows });
    });
  }
});
