import assert from 'node:assert/strict';
import { alexNets } from '../../../src/library/alexNets';
import type {
  Explanation,
  ExplanationMethod,
  ExplanationParams,
  ExplanationProgress,
  UnitTarget,
} from '../../../src/protocol/explanation';
import { RemoteError } from '../../../src/protocol/rpc';
import { knownAnswers } from '../../../src/webview/explain/knownAnswers';
import {
  lastConvolution,
  paramsOf,
  questionOf,
  refusal,
  type Question,
} from '../../../src/webview/explain/question';
import type { Ask } from '../../../src/webview/state/ask';
import {
  firstExplainLook,
  readExplainLook,
  type ExplainLook,
} from '../../../src/webview/state/explainLook';
import { ExplanationReads } from '../../../src/webview/state/explanationReads';
import type { Model } from '../../../src/webview/state/model';
import { firstView } from '../../../src/webview/state/viewState';
import { runOf } from './fixtures';
import { explanationOf as explanation } from './explanations';

describe('what the page asks to explain', () => {
  const question: Question = {
    run: runOf('keras', {}, 3),
    network: alexNets.keras.network,
    target: 574,
    minus: undefined,
    unit: undefined,
    method: 'gradCam',
    layer: 'conv3',
    settings: {},
  };
  const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

  /** Reads whose questions wait for the test. */
  function setUp() {
    const asked: ExplanationMethod[] = [];
    const ended: ExplanationMethod[] = [];
    const answers: ((value: Explanation | Error) => void)[] = [];
    const reports: ((progress: ExplanationProgress) => void)[] = [];
    const explain = (
      { method }: ExplanationParams,
      signal: AbortSignal | undefined,
    ): Promise<Explanation> => {
      asked.push(method);
      signal?.addEventListener('abort', () => ended.push(method));
      return new Promise((resolve, reject) => {
        answers.push((value) => (value instanceof Error ? reject(value) : resolve(value)));
      });
    };
    const ask = ((_, params, options) => {
      if (options?.onProgress) reports.push(options.onProgress);
      return explain(params as ExplanationParams, options?.signal);
    }) as Ask;
    const answer = async (at: number, value: Explanation | Error): Promise<void> => {
      answers[at]?.(value);
      await turn();
    };
    return { reads: new ExplanationReads(ask, () => undefined), asked, ended, answer, reports };
  }
  const gradCam = explanation('gradCam', [1, 1], Float32Array.of(1), 'conv3');

  it('goes on with what is foreseen while nothing is shown, until something else is', async () => {
    const { reads, asked, ended, answer } = setUp();
    const params = paramsOf(question);
    reads.askAhead(params);
    reads.endAllBut([]);
    assert.deepEqual([asked, ended], [['gradCam'], []]);
    reads.askAhead(paramsOf(question, { method: 'hiResCam' }));
    reads.endAllBut([]);
    assert.deepEqual([asked, ended], [['gradCam', 'hiResCam'], ['gradCam']]);
    await answer(1, gradCam);
    const asking = { mayAsk: true, compares: false, measures: false };
    const { large } = knownAnswers(reads, { ...question, method: 'hiResCam' }, asking);
    assert.equal(large?.status, 'ready');
    assert.equal(asked.length, 2);
  });

  it('asks about a unit in place of a class, with layers before it only', () => {
    const { network } = alexNets.keras;
    const asking = (unit: UnitTarget, more: Partial<ExplainLook> = {}): Question => {
      const explain = { ...firstExplainLook, target: 3, minus: 4, unit, ...more };
      const view = { ...firstView, explain };
      const shown = { document: alexNets.keras } as unknown as Model['shown'];
      return questionOf({ run: question.run, original: undefined, shown, view })!;
    };
    const channel = { layer: 'conv3', channel: 7 } as const;
    const of = asking(channel, { layer: 'conv4' });
    assert.deepEqual(paramsOf(of), { runId: 3, method: 'gradCam', target: channel });
    assert.equal(lastConvolution(network, of.unit), 'conv2');
    assert.deepEqual(paramsOf(asking(channel, { layer: 'pool1' })).layer, 'pool1');
    const first = asking({ layer: 'conv1', unit: [0, 0, 5] });
    assert.match(refusal('gradCam', first) ?? '', /^No layer with a map comes before conv1,/);
    assert.deepEqual([first.method, refusal('lrp', first)], ['saliency', undefined]);
    // Another network may have no such unit: then the class is asked about.
    for (const unit of [
      { layer: 'conv9', channel: 0 },
      { layer: 'conv3', channel: 9999 },
      { layer: 'conv3', unit: [99, 0, 0] },
      { layer: 'input', channel: 0 },
    ] as const)
      assert.deepEqual(paramsOf(asking(unit)).target, { class: 3, minus: 4 });
  });

  it('names the layer only where a method is of one, and the other class where there is one', () => {
    assert.deepEqual(paramsOf(question), {
      runId: 3,
      method: 'gradCam',
      target: { class: 574 },
      layer: 'conv3',
    });
    const other = paramsOf({ ...question, minus: 0 }, { method: 'saliency', faithful: true });
    assert.deepEqual(other, {
      runId: 3,
      method: 'saliency',
      target: { class: 574, minus: 0 },
      faithfulness: {},
    });
  });

  it('is the large map first, then one row after the other, and ends what is not wanted any more', async () => {
    const { reads, asked, ended, answer } = setUp();
    const at = (method: ExplanationMethod, compares: boolean) =>
      knownAnswers(reads, { ...question, method }, { mayAsk: true, compares, measures: false });
    at('gradCam', true);
    at('gradCam', true);
    assert.deepEqual(asked, ['gradCam']);
    await answer(0, gradCam);
    assert.equal(at('gradCam', true).large?.status, 'ready');
    assert.deepEqual(asked, ['gradCam', 'gradCam']);
    await answer(1, gradCam);
    assert.equal(at('gradCam', true).isComparing, true);
    assert.equal(asked.at(-1), 'hiResCam');
    at('saliency', true);
    assert.deepEqual(ended, ['hiResCam']);
    assert.equal(asked.at(-1), 'saliency');
  });

  it('asks for nothing while what is shown is of other choices', () => {
    const { reads, asked } = setUp();
    const known = knownAnswers(reads, question, { mayAsk: false, compares: true, measures: true });
    assert.deepEqual([known.large, known.isComparing, asked.length], [undefined, false, 0]);
  });

  it('measures the map that is looked at once it is there, before the rows', async () => {
    const { reads, asked, answer } = setUp();
    const look = () =>
      knownAnswers(
        reads,
        { ...question, method: 'lrp' },
        {
          ...{ mayAsk: true, compares: true, measures: true },
        },
      );
    assert.equal(look().isMeasuring, false);
    await answer(0, gradCam);
    assert.equal(look().isMeasuring, true);
    assert.deepEqual(asked, ['lrp', 'lrp']);
    await answer(1, new Error('no'));
    assert.equal(look().isMeasuring, false);
    assert.equal(asked.at(-1), 'gradCam');
  });

  it('goes on past a method that this network cannot take, and stops where the person stopped it', async () => {
    const { reads, asked, answer } = setUp();
    const look = () =>
      knownAnswers(reads, question, { mayAsk: true, compares: true, measures: false });
    look();
    await answer(0, gradCam);
    look();
    await answer(1, new Error('no rule'));
    assert.equal(look().states.get('gradCam')?.status, 'failed');
    assert.equal(asked.length, 3);
    await answer(2, new RemoteError('CancelledError', 'cancelled'));
    const stopped = look();
    assert.equal(stopped.states.get('hiResCam')?.status, 'stopped');
    assert.equal(stopped.isComparing, false);
    assert.equal(asked.length, 3);
    reads.retry();
    look();
    assert.equal(asked.length, 4);
  });

  it('keeps the last map of one that is under way or was stopped', async () => {
    const { reads, answer, reports } = setUp();
    const params = paramsOf(question);
    reads.get(params);
    const map = { shape: [1, 1], data: Float32Array.of(2) };
    reports[0]?.({ what: 'windows', fraction: 0.2, map });
    reports[0]?.({ what: 'windows', fraction: 0.3 });
    await answer(0, new RemoteError('CancelledError', 'cancelled'));
    const progress = { what: 'windows', fraction: 0.3, map };
    assert.deepEqual(reads.known(params), { status: 'stopped', progress });
  });

  it('keeps how maps are looked at, and asks anew what was asked', () => {
    const saved = { ...firstExplainLook, target: 3, method: 'lrp', opacity: 0.5, layer: 'conv1' };
    assert.deepEqual(readExplainLook(saved), { ...firstExplainLook, method: 'lrp', opacity: 0.5 });
    assert.deepEqual(readExplainLook({ method: 'none', opacity: 7 }), firstExplainLook);
    assert.deepEqual(readExplainLook(undefined), firstExplainLook);
  });

  it('keeps settings that methods have and allow, but no picture of a run that is gone', () => {
    const settings = {
      occlusion: { window: 0, stride: 8, baseline: { runId: 4 } },
      smoothGrad: { samples: 'many', colour: 'red' },
      gradCam: { beforeActivation: true },
      magic: { window: 8 },
    };
    const kept = { occlusion: { stride: 8 }, gradCam: { beforeActivation: true } };
    assert.deepEqual(readExplainLook({ settings }).settings, kept);
    assert.deepEqual(readExplainLook({ settings: 7, tested: ['magic'] }), firstExplainLook);
  });

  it('asks with the settings that were changed', () => {
    const settings = { occlusion: { window: 48 } };
    const changed = paramsOf({ ...question, settings }, { method: 'occlusion' });
    assert.deepEqual(changed.settings, { window: 48 });
    assert.equal('settings' in paramsOf({ ...question, settings }), false);
  });
});
