import { Documents } from '../../../src/host/documents';
import { library } from '../../../src/library/alexNets';
import type { PanelState, RunView } from '../../../src/protocol/panelProtocol';
import { stretchToUnit } from '../../../src/network/preprocess/preprocess';
import {
  allLayers,
  applyChange,
  channelOf,
  isUntrained,
  mapOf,
  modelOf,
  timesOf,
} from '../../../src/webview/state/model';
import { searchLayers } from '../../../src/webview/header/search';
import { faultyNetwork } from './branchingNetworks';
import { LayerData } from '../../../src/webview/state/layerData';
import { firstView, readViewState, type ViewState } from '../../../src/webview/state/viewState';

import assert from 'node:assert/strict';

const picture = { width: 1, height: 1, rgb: Uint8Array.of(1, 2, 3) };
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
  trained: false,
  weights: 'random, seed 1',
  backend: 'cpu',
  milliseconds: { decode: 1, preprocess: 1, forward: 1 },
  layers: [
    {
      name: 'conv1',
      outputShape: [1, 1, 2],
      milliseconds: 7,
      height: 1,
      width: 1,
      mean: Float32Array.of(1),
      strongest: Float32Array.of(2),
      strongestChannel: 1,
    },
    {
      name: 'fc8',
      outputShape: [3],
      milliseconds: 2,
      height: 1,
      width: 3,
      mean: Float32Array.of(-1, 0, 4),
      strongest: Float32Array.of(-1, 0, 4),
      strongestChannel: 0,
    },
  ],
};
const documents = new Documents(library).pages;
const state: PanelState = {
  documents,
  documentId: 'keras',
  weights: { documentId: 'keras', trained: true, name: 'w', tensors: 28 },
  weightsOffer: 'Load weights',
  preprocess: { settings: stretchToUnit, published: stretchToUnit },
  weightsId: 3,
  engine: { status: 'stopped' },
  run,
  comparison: undefined,
  evaluation: undefined,
  training: undefined,
  patches: undefined,
  reference: undefined,
  whatIf: undefined,
  changed: undefined,
  notice: undefined,
  canInstallNative: false,
  pictures: undefined,
  picturesAside: undefined,
  work: undefined,
  problem: 'oh',
};

const data = new LayerData(
  () => Promise.reject(new Error('nothing is asked here')),
  () => undefined,
);

describe('a saved view', () => {
  it('is read back as it was kept', () => {
    const view = {
      documentId: 'paper',
      selected: 'conv2',
      looked: 'fc6',
      tab: 'weights',
      channel: 12,
      channels: {
        sort: 'mean',
        unitSort: 'max',
        scale: 'channel',
        clip: 0.01,
        colours: 'viridis',
        large: true,
        opacity: 0.4,
        smooth: true,
      },
      detailsWidth: 800,
      sheet: 0.8,
      pictureOpen: true,
      presenting: true,
      row: 3,
      column: 4,
      transform: { k: 2, x: -3, y: 4 },
      heat: 'strongest',
      colouring: 'macs',
      legend: true,
      view: 'table',
      results: {
        sort: 'label',
        descending: true,
        text: '',
        failedOnly: false,
        label: undefined,
      },
      explain: {
        ...{ target: undefined, minus: undefined, layer: undefined },
        unit: { layer: 'conv5', unit: [3, 7, 12] },
        ...{ method: 'lrp', opacity: 0.5, threshold: 0.1, grain: 'pixels', scale: 'all' },
        ...{ erasing: false, brush: 16, fill: 'mean' },
        ...{ sort: 'insertion', descending: true, tested: ['lrp', 'saliency'] },
        settings: { occlusion: { window: 48, baseline: { rgb: [0, 128, 255] } } },
      },
      likes: {
        cells: 'all',
        settings: { seed: 7, steps: 64, stepSize: 2.5, blur: 0, jitter: 0 },
      },
      weightsLook: { counts: 'log', kernels: 'own' },
      steps: true,
      compared: 1_700_000_000_000,
      evaluated: 1_700_000_000_001,
      trained: 1_700_000_000_002,
      folded: ['classifier'],
    } as const;
    assert.deepEqual(readViewState(JSON.parse(JSON.stringify(view))), view);
    assert.deepEqual(readViewState(JSON.parse(JSON.stringify(firstView))), firstView);
  });

  for (const odd of [
    undefined,
    null,
    7,
    'x',
    [],
    { documentId: 7, selected: 1, transform: { k: 0, x: 0, y: 0 }, heat: 'x', view: 'x' },
    { transform: { k: 1, x: null, y: 2 }, folded: 'x', steps: 1 },
    { folded: [1, null], looked: 3, colouring: 'x', legend: 'yes' },
    { channels: 'x', detailsWidth: -1, sheet: 2, pictureOpen: 1, presenting: 'x' },
    {
      channels: {
        sort: 'x',
        scale: 1,
        clip: 0.5,
        colours: 'jet',
        large: 1,
        opacity: 2,
        smooth: 'x',
      },
      detailsWidth: null,
    },
  ]) {
    it(`falls back to the first view from ${JSON.stringify(odd)}`, () => {
      assert.deepEqual(readViewState(odd), firstView);
    });
  }
});

describe('a change from the host', () => {
  it('replaces what it names and leaves the rest', () => {
    const next = applyChange(state, { engine: { status: 'starting' } });
    assert.equal(next.engine.status, 'starting');
    assert.equal(next.run, run);
    assert.equal(next.problem, 'oh');
  });

  it('leaves documents that were sent again as they are, so that nothing of them is drawn anew', () => {
    const sent = structuredClone(state.documents).map((document, at) =>
      at === 1 ? { ...document, title: 'Another' } : document,
    );
    const { documents } = applyChange(state, { documents: sent });
    assert.deepEqual(documents, sent);
    const isKept = documents.map((document, at) => document === state.documents[at]);
    assert.deepEqual(
      isKept,
      sent.map((_, at) => at !== 1),
    );
  });

  it('clears what it names as undefined, or null where JSON knows no undefined', () => {
    assert.equal(applyChange(state, { problem: undefined }).problem, undefined);
    const overTheWire = { problem: null } as unknown as Partial<PanelState>;
    assert.equal(applyChange(state, overTheWire).problem, undefined);
  });
});

describe('what the page draws', () => {
  it('has maps and times of a run of the variant on screen', () => {
    const model = modelOf(state, firstView, data);
    assert.equal(model.run, run);
    assert.deepEqual(
      [...timesOf(model.run)],
      [
        ['conv1', 7],
        ['fc8', 2],
      ],
    );
    assert.deepEqual([...(mapOf(model, 'conv1')?.values ?? [])], [1]);
    assert.equal(mapOf(model, 'bn1'), undefined);
  });

  it('drops them when another variant is on screen', () => {
    const model = modelOf({ ...state, documentId: 'paper' }, firstView, data);
    assert.equal(model.run, undefined);
    assert.equal(mapOf(model, 'conv1'), undefined);
  });

  it('keeps the selected layer only where the variant has it', () => {
    const view = { ...firstView, selected: 'bn1' };
    assert.equal(modelOf(state, view, data).view.selected, 'bn1');
    assert.equal(modelOf({ ...state, documentId: 'paper' }, view, data).view.selected, undefined);
  });

  it('knows layers without an output: they can be selected and found', () => {
    const [keras] = documents;
    assert.ok(keras);
    const document = { ...keras, id: 'faulty', network: faultyNetwork() };
    const shown = { ...state, documents: [document], documentId: 'faulty', run: undefined };
    const model = modelOf(shown, { ...firstView, selected: 'wide' }, data);
    assert.equal(model.view.selected, 'wide');
    assert.deepEqual(
      model.shown.unresolved.map(({ name, title }) => `${name} ${title}`),
      ['wide Conv2D', 'odd RoiAlign', 'join Add', 'pool GlobalAveragePooling2D', 'lost Flatten'],
    );
    assert.deepEqual(searchLayers(allLayers(model.shown), 'conv2d'), ['conv1', 'branch', 'wide']);
    assert.deepEqual(searchLayers(allLayers(model.shown), 'roialign'), ['odd']);
  });

  it('looks at the channel that answers most until another is chosen that the layer has', () => {
    const channel = (view: Partial<ViewState>, name: string): number => {
      const model = modelOf(state, { ...firstView, ...view }, data);
      const summary = model.shown.summary.layers.find((layer) => layer.name === name);
      assert.ok(summary);
      return channelOf(model, summary);
    };
    assert.equal(channel({}, 'conv1'), 1);
    assert.equal(channel({ channel: 95 }, 'conv1'), 95);
    assert.equal(channel({ channel: 96 }, 'conv1'), 1);
    assert.equal(channel({}, 'bn1'), 0);
    assert.equal(channel({}, 'fc8'), 2);
  });

  it('works a variant out once', () => {
    assert.equal(modelOf(state, firstView, data).shown, modelOf(state, firstView, data).shown);
  });

  it('is untrained while the weights or the run are', () => {
    const trained = { ...run, trained: true };
    assert.ok(isUntrained(state));
    assert.ok(!isUntrained({ ...state, run: trained }));
    assert.ok(!isUntrained({ ...state, run: undefined }));
    const weights = { ...state.weights, trained: false };
    assert.ok(isUntrained({ ...state, run: trained, weights }));
  });
});
