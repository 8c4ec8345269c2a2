import * as format from '../../../src/webview/draw/numberFormat';
import { alexNets } from '../../../src/library/alexNets';
import { publicSummary, summarize, type NetworkSummary } from '../../../src/network/summary';
import {
  caffeImageNet,
  stretchToUnit,
  torchvisionImageNet,
} from '../../../src/network/preprocess/preprocess';
import { engineWords } from '../../../src/webview/header/engineButton';
import { layerLabel } from '../../../src/webview/graph/layout/graphNodes';
import { nextIndex, searchLayers } from '../../../src/webview/header/search';
import { preprocessWords } from '../../../src/webview/preprocessing/preprocessWords';
import { tableText } from '../../../src/network/tableText';

import assert from 'node:assert/strict';

const keras = summarize(alexNets.keras.network);

describe('numbers', () => {
  it('are shortened with a prefix', () => {
    assert.deepEqual(
      [0, 384, 1000, 34_944, 614_656, 1_327_488, 37_752_832].map(format.formatShortCount),
      ['0', '384', '1.0 k', '34.9 k', '614.7 k', '1.3 M', '37.8 M'],
    );
  });

  it('of bytes take decimal units', () => {
    assert.deepEqual([0, 36, 4000, 746_496, 1_204_224].map(format.formatBytes), [
      '0 B',
      '36 B',
      '4.00 kB',
      '746 kB',
      '1.20 MB',
    ]);
  });

  it('of shares never call something nothing', () => {
    assert.deepEqual(
      [format.formatShare(393, 1000), format.formatShare(1, 1e6), format.formatShare(0, 0)],
      ['39.3 %', '< 0.1 %', '0.0 %'],
    );
  });

  it('of maps keep three digits and a true minus sign', () => {
    assert.deepEqual(
      [0, 3.41678, -2.1, 0.0012, 1.23e-7, -1.23e-7, 123_456].map(format.formatValue),
      ['0', '3.42', '−2.1', '0.0012', '1.2e-7', '−1.2e-7', '1.2e+5'],
    );
  });
});

describe('preprocessing in words', () => {
  it('is one line, and leaves out what does nothing', () => {
    assert.equal(
      preprocessWords([224, 224, 3], stretchToUnit),
      '224 × 224 × 3, stretch, bilinear, RGB, ÷ 255',
    );
    assert.equal(
      preprocessWords([227, 227, 3], caffeImageNet),
      '227 × 227 × 3, warp 256, centre crop, bilinear, BGR, − mean 104.007 116.6688 122.6789',
    );
    const wide = { ...stretchToUnit, scale: 1 / 127.5 };
    assert.match(preprocessWords([224, 224, 3], wide), /÷ 127\.5$/);
    assert.match(preprocessWords([224, 224, 3], { ...wide, scale: 2 }), /× 2$/);
    assert.match(
      preprocessWords([224, 224, 3], torchvisionImageNet),
      /short side 256, centre crop, .*÷ 255, − mean 0\.485 0\.456 0\.406, ÷ std 0\.229/,
    );
  });
});

describe('the engine in words', () => {
  it('says which backend runs and why no better one does', () => {
    const refused = [
      { backend: 'tensorflow', why: 'not installed.' },
      { backend: 'wasm', threads: 4, why: 'they hung.' },
    ] as const;
    const info = { backend: 'wasm', threads: 1, version: '4.22.0', refused } as const;
    assert.deepEqual(engineWords({ status: 'ready', info }), {
      short: 'wasm · 1 thread',
      details: [
        'TensorFlow.js on wasm 4.22.0, 1 thread.',
        'Native TensorFlow is not used: not installed.',
        'WebAssembly on 4 threads is not used: they hung.',
      ],
    });
  });

  it('says that a stopped engine comes back by itself', () => {
    assert.equal(engineWords({ status: 'stopped' }).short, 'engine starts when needed');
    assert.deepEqual(engineWords({ status: 'failed', why: 'No memory.' }).details, ['No memory.']);
  });
});

describe('a block’s accessible name', () => {
  const labels = keras.layers.map(layerLabel);
  it('has name, kind, shape and parameters', () => {
    assert.ok(labels.includes('conv1, Conv2D, output 56 × 56 × 96, 34,944 parameters'));
    assert.ok(labels.includes('pool1, MaxPooling2D, output 27 × 27 × 96, 0 parameters'));
    assert.ok(labels.includes('fc8, Dense, output 1,000, 4,097,000 parameters'));
  });
});

describe('the search', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['', []],
    ['   ', []],
    ['conv1', ['conv1']],
    ['POOL', ['pool1', 'pool2', 'pool5']],
    ['dropout', ['drop7']],
    ['6 x 6', ['pool5']],
    ['13×13×384', ['conv3', 'conv4']],
    ['4,096', ['fc6', 'fc7', 'drop7']],
    ['conv 384', ['conv3', 'conv4']],
    ['nothing', []],
  ];
  for (const [query, found] of cases) {
    it(`finds ${found.join(', ') || 'nothing'} for "${query}"`, () => {
      assert.deepEqual(searchLayers(keras.layers, query), found);
    });
  }

  it('goes round and round', () => {
    assert.deepEqual(
      [nextIndex(undefined, 2), nextIndex(0, 2), nextIndex(1, 2), nextIndex(0, 0)],
      [0, 1, 0, undefined],
    );
  });
});

describe('the layer table as text', () => {
  const times = new Map([['conv1', 5.46]]);

  it('as TSV has plain numbers, one line a layer, and the sums', () => {
    const lines = tableText(keras, times, 'tsv').trimEnd().split('\n');
    assert.equal(lines.length, keras.layers.length + 2);
    assert.match(lines[2]!, /^conv1\tConv2D\t.*\t34944\t34944\t109283328\t1204224\t11 \/ 4\t5\.5$/);
    assert.match(lines.at(-1)!, /^Total\t.*62380776\t62379560\t1139124224/);
  });

  it('as CSV is plain ASCII without sums, each line as long as the first', () => {
    const lines = tableText(keras, times, 'csv').trimEnd().split('\n');
    assert.equal(lines.length, keras.layers.length + 1);
    assert.equal(
      lines[2],
      'conv1,Conv2D,224x224x3,56x56x96,34944,34944,109283328,1204224,11 / 4,5.5',
    );
    for (const line of lines) {
      assert.match(line, /^[ -~]*$/);
      assert.equal(line.split(',').length, 10);
    }
  });

  it('as JSON is the summary itself, with the time of what ran', () => {
    const { layers, totals } = JSON.parse(tableText(keras, times, 'json')) as NetworkSummary;
    assert.deepEqual(totals, keras.totals);
    const told = publicSummary(keras).layers;
    assert.deepEqual(layers[1], { ...told[1], milliseconds: 5.46 });
    assert.deepEqual(layers[2], told[2]);
    assert.deepEqual(layers[1].receptiveField, { size: 11, stride: 4, start: -3 });
  });

  it('as Markdown has a rule, and no times without a run', () => {
    const lines = tableText(keras, new Map(), 'markdown').split('\n');
    assert.match(lines[1]!, /^\| --- \| --- \| --: /);
    assert.ok(!lines[0]!.includes('ms'));
    assert.ok(lines[3]!.startsWith('| conv1 | Conv2D | 224 × 224 × 3 | 56 × 56 × 96 | 34,944 |'));
  });
});
