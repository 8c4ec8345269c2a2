import { Documents } from '../../../src/host/documents';
import { library } from '../../../src/library/alexNets';
import { strict as assert } from 'node:assert';
import { stretchToUnit } from '../../../src/network/preprocess/preprocess';
import type { LayerRun } from '../../../src/protocol/runMaps';
import type { PanelState, RunView } from '../../../src/protocol/panelProtocol';
import { LayerData } from '../../../src/webview/state/layerData';
import { exportItems } from '../../../src/webview/export/exportGroups';
import { channelPicture, sheetPicture } from '../../../src/webview/export/layerPicture';
import { plainColour } from '../../../src/webview/export/graphSvg';
import { layerStats } from '../../../src/webview/draw/channelStats';
import { colourOf, colourTable } from '../../../src/webview/draw/colourMap';
import { enlarge, wholeFactor } from '../../../src/webview/export/png';
import { firstChannelView, firstView, type ViewState } from '../../../src/webview/state/viewState';
import { modelOf } from '../../../src/webview/state/model';

describe('an enlarged picture', () => {
  it('has every pixel as a square', () => {
    const picture = { pixels: Uint32Array.of(1, 2, 3, 4, 5, 6), width: 3, height: 2 };
    const { pixels, width, height } = enlarge(picture, 2);
    assert.deepEqual([width, height], [6, 4]);
    assert.deepEqual(
      [...pixels],
      [
        [1, 1, 2, 2, 3, 3],
        [1, 1, 2, 2, 3, 3],
        [4, 4, 5, 5, 6, 6],
        [4, 4, 5, 5, 6, 6],
      ].flat(),
    );
  });

  it('grows by a whole factor, at least 1', () => {
    const sides = [1, 13, 55, 600, 1024, 5000].map((width) =>
      wholeFactor({ width, height: 1 }, 1024),
    );
    assert.deepEqual(sides, [1024, 78, 18, 1, 1, 1]);
  });
});

describe('a layer as a picture', () => {
  const data = Float32Array.from({ length: 4 * 5 * 3 }, (_, i) => (i % 7) - 2);
  const stats = layerStats({ shape: [4, 5, 3], data });
  const table = colourTable('viridis', 'diverging');
  const view = { ...firstChannelView, colours: 'viridis' } as const;

  it('shows a channel in the colours and the scale that were chosen', () => {
    const { pixels, width, height } = channelPicture(stats, 1, view);
    assert.deepEqual([width, height], [5 * 204, 4 * 204]);
    assert.equal(pixels[0], colourOf(table, data[1]!, 4));
    assert.equal(pixels.at(-1), colourOf(table, data.at(-2)!, 4));
    const own = channelPicture(
      layerStats({ shape: [1, 2, 2], data: Float32Array.of(1, 8, 2, 4) }),
      0,
      { ...view, scale: 'channel' },
    );
    assert.equal(own.pixels[0], colourOf(colourTable('viridis', 'sequential'), 1, 2));
  });

  it('shows units on one scale, whatever was chosen', () => {
    const units = layerStats({ shape: [4], data: Float32Array.of(1, 2, 3, 4) });
    const { pixels } = sheetPicture(units, { ...view, scale: 'channel' });
    assert.equal(pixels[0], colourOf(colourTable('viridis', 'sequential'), 1, 4));
  });
});

describe('a colour for any viewer', () => {
  const cases: readonly (readonly [string, ReturnType<typeof plainColour>])[] = [
    ['none', undefined],
    ['rgba(0, 0, 0, 0)', undefined],
    ['rgb(255, 128, 0)', { colour: '#ff8000', opacity: 1 }],
    ['rgba(10, 20, 30, 0.5)', { colour: '#0a141e', opacity: 0.5 }],
    ['rgb(10 20 30 / 0.25)', { colour: '#0a141e', opacity: 0.25 }],
    ['color(srgb 1 0.501961 0)', { colour: '#ff8000', opacity: 1 }],
    ['color(srgb 0.2 -0.001 1e-7 / 0.14)', { colour: '#330000', opacity: 0.14 }],
    ['url(#a)', { colour: 'url(#a)', opacity: 1 }],
  ];
  for (const [css, expected] of cases) {
    it(css, () => assert.deepEqual(plainColour(css), expected));
  }
});

describe('what can be exported', () => {
  const picture = { width: 1, height: 1, rgb: Uint8Array.of(1, 2, 3) };
  const layer = (name: string, outputShape: readonly number[]): LayerRun => ({
    name,
    outputShape,
    milliseconds: 1,
    width: 1,
    height: 1,
    mean: Float32Array.of(1),
    strongest: Float32Array.of(1),
    strongestChannel: 3,
  });
  const run: RunView = {
    runId: 1,
    name: 'a.png',
    documentId: 'keras',
    network: 'Some network',
    width: 1,
    height: 1,
    preview: picture,
    seen: picture,
    channels: [],
    preprocess: stretchToUnit,
    predictions: [],
    trained: true,
    weights: 'w',
    backend: 'cpu',
    milliseconds: { decode: 1, preprocess: 1, forward: 1 },
    layers: [layer('conv1', [56, 56, 96]), layer('fc8', [1000])],
  };
  const data = new LayerData(
    () => Promise.reject(new Error('nothing is asked here')),
    () => undefined,
  );
  const kinds = (view: Partial<ViewState>, shown: RunView | undefined): readonly string[] => {
    const state: PanelState = {
      documents: new Documents(library).pages,
      documentId: 'keras',
      weights: { documentId: 'keras', trained: true, name: 'w', tensors: 28 },
      weightsOffer: '',
      weightsId: 1,
      preprocess: { settings: stretchToUnit, published: stretchToUnit },
      engine: { status: 'stopped' },
      run: shown,
      comparison: undefined,
      evaluation: undefined,
      training: undefined,
      patches: undefined,
      reference: undefined,
      whatIf: undefined,
      changed: undefined,
      notice: undefined,
      canInstallNative: false,
      work: undefined,
      pictures: undefined,
      picturesAside: undefined,
      problem: undefined,
    };
    const items = exportItems(modelOf(state, { ...firstView, ...view }, data));
    return items
      .flat()
      .map(({ what }) => [what.kind, 'channel' in what ? what.channel : ''].join(' ').trim());
  };
  const always = ['graph', 'graph', 'table', 'code', 'code', 'code', 'network'];

  it('is the graph and the table where nothing is selected, or has not run', () => {
    assert.deepEqual(kinds({}, run), always);
    assert.deepEqual(kinds({ selected: 'conv1' }, undefined), always);
    assert.deepEqual(kinds({ selected: 'input' }, run), always);
    assert.deepEqual(kinds({ selected: 'conv1' }, { ...run, documentId: 'paper' }), always);
  });

  it('is also what the selected layer saw; a channel that it lacks is its strongest', () => {
    const maps = (channel: number): readonly string[] => [
      'map',
      `channel ${channel}`,
      `values ${channel}`,
      'sheet',
      'values',
      ...always,
    ];
    assert.deepEqual(kinds({ selected: 'conv1', channel: 95 }, run), maps(95));
    assert.deepEqual(kinds({ selected: 'conv1', channel: 96 }, run), maps(3));
    assert.deepEqual(kinds({ selected: 'fc8', channel: 5 }, run), ['map', 'values', ...always]);
  });
});
