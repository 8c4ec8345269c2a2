import { strict as assert } from 'node:assert';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Documents } from '../../../src/host/documents';
import { EngineClient } from '../../../src/host/engine/engineClient';
import { npyFile } from '../../../src/host/export/tensorFiles';
import { PreprocessChoices } from '../../../src/host/session/preprocessChoices';
import { Session, type SessionRun } from '../../../src/host/session/session';
import type { TaskQueue } from '../../../src/host/task/taskQueue';
import { library } from '../../../src/library/alexNets';
import {
  activation,
  batchNormalization,
  concatenate,
  conv2d,
  dense,
  depthwiseConv2d,
  globalAveragePool2d,
  input,
  merge,
  model,
  softmax,
} from '../../../src/network/functional';
import type { ModelDocument } from '../../../src/network/modelDocument';
import { stretchToUnit } from '../../../src/network/preprocess/preprocess';
import { summarize } from '../../../src/network/summary';
import { tableText } from '../../../src/network/tableText';
import type { PanelState } from '../../../src/protocol/panelProtocol';
import { LayerData } from '../../../src/webview/state/layerData';
import { factsOf, modelOf, timesOf } from '../../../src/webview/state/model';
import { firstView } from '../../../src/webview/state/viewState';
import { graphNodes } from '../../../src/webview/graph/layout/graphNodes';
import { memoryFile } from '../../support/memoryFile';
import { unseenTasks } from '../../support/unseenTasks';
import { writePng } from '../../support/writePng';

const labels = ['apple', 'bear', 'cup', 'door', 'eel'];

/** A residual block, two branches and a depthwise convolution: nothing of it is like an AlexNet. */
function smallNetwork(): ModelDocument['network'] {
  const image = input([24, 30, 3], 'picture');
  const stem = conv2d(8, [3, 5], { name: 'stem', strides: 2, padding: 'same' })(image);
  const normal = batchNormalization({ name: 'norm' })(stem);
  const rectified = activation('relu6', { name: 'clip' })(normal);
  const inner = conv2d(8, 3, { name: 'inner', padding: 'same', activation: 'relu' })(rectified);
  const sum = merge('add', { name: 'sum' })(inner, rectified);
  const narrow = conv2d(4, 1, { name: 'narrow', useBias: false })(sum);
  const wide = depthwiseConv2d(3, { name: 'wide', padding: 'same' })(sum);
  const joined = concatenate({ name: 'joined' })(narrow, wide);
  const pooled = globalAveragePool2d({ name: 'pooled' })(joined);
  const scores = dense(labels.length, { name: 'scores' })(pooled);
  return model(image, softmax({ name: 'chances' })(scores));
}

const mine: ModelDocument = {
  id: 'mine',
  title: 'A network of mine',
  description: 'A residual block, two branches and a depthwise convolution',
  origin: { kind: 'file', name: 'mine.keras', uri: 'file:///mine.keras' },
  network: smallNetwork(),
  preprocess: stretchToUnit,
  labels: { names: labels, source: 'mine.keras' },
  reasons: {},
};

describe('a network that is in no library', () => {
  const documents = new Documents(library);
  let folder: string;
  let engine: EngineClient;
  let tasks: TaskQueue;
  let session: Session;
  let run: SessionRun;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alexnet-mine-'));
    engine = new EngineClient({
      bundle: resolve('dist/engine.js'),
      addon: () => ({ why: 'none is wanted' }),
      settings: () => ({ backend: 'wasm', idleMilliseconds: 600_000 }),
    });
    tasks = unseenTasks();
    session = new Session(engine, tasks, documents, library[0]!.id);
    documents.add(mine);
    session.showDocument('mine');
    const pixels = Uint8Array.from({ length: 40 * 20 * 3 }, (_, at) => (at * 37) % 251);
    const picture = memoryFile('dots.png', new Uint8Array(writePng(pixels, 40, 20)));
    run = await tasks.serve('test', (task) => session.classify(picture, task));
  });

  after(async () => {
    session.dispose();
    engine.dispose();
    await rm(folder, { recursive: true });
  });

  it('is classified with its own preprocessing and labels', () => {
    const { view, logits } = run;
    assert.deepEqual([view.documentId, view.network], ['mine', mine.title]);
    assert.deepEqual([view.seen.width, view.seen.height], [30, 24]);
    assert.equal(logits.length, labels.length);
    assert.deepEqual(view.predictions.map(({ label }) => label).sort(), labels);
    const sum = view.predictions.reduce((total, { probability }) => total + probability, 0);
    assert.ok(Math.abs(sum - 1) < 1e-6);
    const wanted = mine.network.layers.filter(({ kind }) => kind !== 'InputLayer');
    assert.deepEqual(
      view.layers.map(({ name, outputShape }) => [name, outputShape]),
      wanted.map(({ name, outputShape }) => [name, outputShape]),
    );
  });

  it('is inspected: every layer’s values, how one came about, its weights', async () => {
    const { runId } = run.view;
    const sum = await session.runs.activation(runId, 'sum');
    assert.deepEqual(sum.shape, [12, 15, 8]);
    const cell = { row: 4, column: 9, channel: 3 };
    const value = sum.data[(4 * 15 + 9) * 8 + 3]!;
    const explained = await session.runs.explainValue({ runId, layer: 'sum', ...cell });
    assert.deepEqual(explained.sources, ['inner', 'clip']);
    assert.equal(explained.value[0], value);
    assert.equal(explained.operands.kind, 'Merge');
    const [a = NaN, b = NaN] = explained.operands.inputs;
    assert.equal(Math.fround(a + b), value);
    const summary = await tasks.read('test', (task) =>
      session.aboutWeights('mine', 'weightSummary', { layer: 'wide' }, task),
    );
    assert.deepEqual(
      summary.tensors.map(({ name, shape }) => [name, shape]),
      [
        ['kernel', [3, 3, 1, 8]],
        ['bias', [8]],
      ],
    );
  });

  it('is shown: blocks, facts and names of the page follow from the document', () => {
    const settings = mine.preprocess;
    const state: PanelState = {
      documents: documents.pages,
      documentId: session.documentId,
      weights: session.weights,
      weightsId: session.weightsId,
      weightsOffer: '',
      preprocess: { settings, published: settings },
      engine: engine.state,
      run: run.view,
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
      problem: undefined,
    };
    const unasked = new LayerData(
      () => assert.fail('nothing is asked for'),
      () => undefined,
    );
    const shown = modelOf(state, firstView, unasked);
    assert.equal(shown.shown.document.title, mine.title);
    assert.equal(shown.run, run.view);
    const { summary, blocks } = shown.shown;
    assert.deepEqual(
      blocks.map(({ title, layers }) => [title, layers]),
      [
        ['conv block 1', ['stem', 'norm', 'clip']],
        ['residual block 1', ['inner', 'sum']],
        ['parallel block 1', ['narrow', 'wide', 'joined']],
        ['classifier', ['pooled', 'scores', 'chances']],
      ],
    );
    const wide = summary.layers.find(({ name }) => name === 'wide')!;
    assert.equal(wide.title, 'DepthwiseConv2D');
    const facts = new Map(factsOf(shown, wide).map(({ term, value }) => [term, value]));
    assert.equal(facts.get('Input → output'), '12 × 15 × 8 → 12 × 15 × 8');
    assert.match(facts.get('Groups') ?? '', /^8: each filter sees one channel$/);
    assert.match(facts.get('Last run') ?? '', / on wasm$/);
    const folded = graphNodes({ layers: summary.layers, blocks, folded: ['residual block 1'] });
    assert.ok(folded.some(({ id, layers }) => id === 'residual block 1' && layers.length === 2));
  });

  it('is exported: its table, a layer’s values, its weights', async () => {
    const times = timesOf(run.view);
    const rows = tableText(summarize(mine.network), times, 'csv').trimEnd().split('\n');
    assert.equal(rows.length, mine.network.layers.length + 1);
    assert.match(
      rows.find((row) => row.startsWith('sum,'))!,
      /^sum,Add,/,
    );
    const joined = await session.runs.activation(run.view.runId, 'joined');
    const file = npyFile(joined);
    assert.match(Buffer.from(file.subarray(0, 128)).toString('latin1'), /\(12, 15, 12\)/);
    const path = join(folder, 'mine.safetensors');
    const saved = await tasks.serve('test', (task) =>
      session.saveWeights({ name: 'mine.safetensors', path }, task),
    );
    assert.equal(saved.documentId, 'mine');
    const header = await readFile(path);
    const length = Number(header.readBigUInt64LE(0));
    const json = JSON.parse(header.subarray(8, 8 + length).toString()) as Record<string, unknown>;
    assert.ok('wide.kernel' in json && 'scores.bias' in json && !('narrow.bias' in json));
  });

  it('has its weights back from their file', async () => {
    const path = join(folder, 'mine.safetensors');
    const file = { ...memoryFile('mine.safetensors', await readFile(path)), path };
    session.showDocument(library[0]!.id);
    const loaded = await tasks.serve('test', (task) =>
      session.loadWeights({ kind: 'file', file }, task),
    );
    assert.deepEqual([loaded.documentId, loaded.trained], ['mine', true]);
    assert.equal(session.documentId, 'mine');
  });

  it('keeps a preprocessing of its own', () => {
    const kept: unknown[] = [];
    const choices = new PreprocessChoices({
      documents,
      kept: { mine: { scale: 1 } },
      keep: (parts) => kept.push(parts),
      warn: (why) => assert.fail(why),
    });
    assert.equal(choices.of('mine').settings.scale, 1);
    choices.set('mine', null);
    assert.deepEqual(kept, [{ mine: {} }]);
  });
});
