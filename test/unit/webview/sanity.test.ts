import assert from 'node:assert/strict';
import { alexNets } from '../../../src/library/alexNets';
import type { ExplanationMethod } from '../../../src/protocol/explanation';
import { CancelledError } from '../../../src/protocol/rpc';
import type { SanityCheck, SanityProgress, SanityStep } from '../../../src/protocol/sanityCheck';
import { methodsInOrder, nextMethodSort } from '../../../src/webview/explain/methodSort';
import { methodOrder } from '../../../src/webview/explain/methodWords';
import {
  correlationWords,
  sanityVerdict,
  stageTitles,
} from '../../../src/webview/explain/sanityWords';
import type { Ask } from '../../../src/webview/state/ask';
import type { Explaining } from '../../../src/webview/state/explanationReads';
import { checkSoFar, SanityReads } from '../../../src/webview/state/sanityReads';
import { explanationOf } from './explanations';

const { network } = alexNets.keras;
const stages = [['fc8'], ['fc7'], ['fc6'], ['conv5', 'bn5'], ['conv1', 'bn1']];
const check: SanityCheck = { seed: 2, stages, rows: [] };

const step = (values?: number, magnitudes?: number): SanityStep => ({
  map: { shape: [1, 1], data: Float32Array.of(1) },
  ...(values !== undefined && { values }),
  ...(magnitudes !== undefined && { magnitudes }),
});

/** What is said of a method with these correlations, of magnitudes where there are pairs. */
const verdict = (method: ExplanationMethod, steps: readonly SanityStep[]): string | undefined => {
  const { map, recipe } = explanationOf(method, [1, 1], Float32Array.of(1));
  return sanityVerdict({ method, recipe, map, steps }, check, network);
};

describe('what a test with random layers says', () => {
  it('names its columns after the layer that is next to the picture', () => {
    assert.deepEqual(stageTitles(check, network), ['fc8', 'fc7+', 'fc6+', 'conv5+', 'conv1+']);
  });

  it('says of a method how far its map stays, and what that means', () => {
    assert.equal(verdict('saliency', []), undefined);
    assert.equal(
      verdict('saliency', [step(-0.2, 0.31), step(0.9, 0.9)]),
      'Saliency’s map changes as soon as fc8 is random (0.31): it depends on what the network learned.',
    );
    const high = step(0.98, 0.7);
    assert.equal(
      verdict('deconvnet', [high, step(0.1, 0.4)]),
      'Deconvnet’s map stays the same (0.98) when fc8 is random: it shows edges, not reasons.',
    );
    assert.equal(
      verdict('guidedBackprop', [high, high, high, step(0.4, 0.61), step(0.2, 0.1)]),
      'Guided backpropagation’s map stays the same (0.61) when everything behind conv1 is random: it shows edges, not reasons.',
    );
    assert.equal(
      verdict('eigenCam', [high, high, high, high, high]),
      'Eigen-CAM’s map stays the same (0.98) when all layers are random: what the network learned there does not show in it.',
    );
  });

  it('takes a map that has no order any more for a changed one', () => {
    assert.match(verdict('gradCam', [step()])!, /changes as soon as fc8 is random \(none\)/);
    assert.match(verdict('layerCam', [step(undefined, 0.8)])!, /stays the same \(0\.80\)/);
    assert.equal(correlationWords(-0.236), '−0.24');
  });
});

describe('tests with random layers that the page asks for', () => {
  const params = { runId: 1, target: { class: 3 } };

  /** Reads whose one question waits for the test. */
  function setUp() {
    let asked = 0;
    let report: ((progress: SanityProgress) => void) | undefined;
    const ask = ((_, __, { signal, onProgress } = {}) => {
      asked++;
      report = onProgress;
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new CancelledError()));
      });
    }) as Ask;
    const reads = new SanityReads(ask, () => undefined);
    return { reads, report: (progress: SanityProgress) => report?.(progress), asked: () => asked };
  }

  it('keep what is known when they are stopped, and start anew', async () => {
    const { reads, report, asked } = setUp();
    assert.equal(reads.known(params), undefined);
    reads.again(params);
    report({ what: 'fc8 random', fraction: 0.2, check });
    // One that only says how far it is.
    report({ what: 'fc7 random', fraction: 0.3 });
    assert.equal(checkSoFar(reads.known(params)), check);
    reads.stop();
    await new Promise((done) => setImmediate(done));
    const stopped = reads.known(params);
    assert.equal(stopped?.status, 'stopped');
    assert.equal(checkSoFar(stopped), check);
    reads.again(params);
    assert.equal(reads.known(params)?.status, 'loading');
    assert.equal(asked(), 2);
    // What is under way is not asked twice.
    reads.again(params);
    assert.equal(asked(), 2);
  });
});

describe('the order of methods', () => {
  const ready = (method: ExplanationMethod, milliseconds: number, deletion: number): Explaining => {
    const curve = (area: number) => ({ values: Float32Array.of(1, 0), area });
    const faithfulness = { deletion: curve(deletion), insertion: curve(1 - deletion) };
    const explanation = explanationOf(method, [1, 1], Float32Array.of(1), 'conv5');
    return { status: 'ready', value: { ...explanation, milliseconds, faithfulness } };
  };
  const states = new Map<ExplanationMethod, Explaining>([
    ['gradCam', ready('gradCam', 90, 0.5)],
    ['saliency', ready('saliency', 400, 0.2)],
    ['lrp', { status: 'failed', why: 'no rule' }],
    ['occlusion', ready('occlusion', 9000, 0.3)],
  ]);
  const first = (sort: Parameters<typeof methodsInOrder>[1]): readonly ExplanationMethod[] =>
    methodsInOrder(states, sort).slice(0, 3);

  it('follows the column that was clicked, and those without a number come last', () => {
    assert.deepEqual(first({ sort: 'deletion', descending: false }), [
      ...(['saliency', 'occlusion', 'gradCam'] as const),
    ]);
    assert.deepEqual(first({ sort: 'time', descending: true }), [
      ...(['occlusion', 'saliency', 'gradCam'] as const),
    ]);
    assert.deepEqual(first({ sort: 'insertion', descending: true }), [
      ...(['saliency', 'occlusion', 'gradCam'] as const),
    ]);
    assert.deepEqual(first({ sort: 'method', descending: false }), [
      ...(['ablationCam', 'deconvnet', 'eigenCam'] as const),
    ]);
    assert.equal(methodsInOrder(states, { sort: 'usual', descending: false }), methodOrder);
  });

  it('begins with the best, turns round and goes back to the usual one', () => {
    const clicks = (column: 'deletion' | 'insertion') => {
      let sort: Parameters<typeof nextMethodSort>[0] = { sort: 'usual', descending: false };
      return [1, 2, 3].map(() => (sort = nextMethodSort(sort, column)));
    };
    assert.deepEqual(clicks('deletion'), [
      { sort: 'deletion', descending: false },
      { sort: 'deletion', descending: true },
      { sort: 'usual', descending: false },
    ]);
    assert.equal(clicks('insertion')[0]!.descending, true);
  });
});
