import assert from 'node:assert/strict';
import { alexNets } from '../../../src/library/alexNets';
import { explanationMethods, type FaithfulnessCurve } from '../../../src/protocol/explanation';
import { zeroColour } from '../../../src/webview/draw/baselineWords';
import { findClasses, type ClassOption } from '../../../src/webview/explain/classChooser';
import { curvePath, curvesOf } from '../../../src/webview/explain/curves';
import { classOptions } from '../../../src/webview/explain/explainControls';
import * as words from '../../../src/webview/explain/explainWords';
import { methodOrder, methodWords, saysOf, unitOf } from '../../../src/webview/explain/methodWords';
import { unitWords } from '../../../src/webview/explain/unitTarget';
import { progressWords } from '../../../src/webview/explain/progressNote';
import { explanationOf as explanation } from './explanations';

const golfBall = { target: 'golf ball', minus: undefined };
const contrast = { target: 'golf ball', minus: 'tench' };

describe('the words of an explanation', () => {
  it('ask the question and name the target', () => {
    assert.equal(words.questionWords(golfBall), 'Why golf ball?');
    assert.equal(words.questionWords(contrast), 'Why golf ball and not tench?');
    assert.equal(words.targetWords(contrast), 'Logit of golf ball less that of tench');
    assert.match(words.signWords('gradCam', golfBall), /^Red speaks for golf ball, blue against/);
    assert.match(words.signWords('gradCam', contrast), /rather than tench, blue for tench\./);
    assert.match(words.signWords('saliency', golfBall), /larger values there would speak for/);
    assert.match(words.signWords('eigenCam', golfBall), /means nothing/);
  });

  it('speak of a unit or a channel where no class is asked about', () => {
    const { network } = alexNets.keras;
    const cell = { layer: 'conv5', unit: [3, 7, 12] } as const;
    assert.equal(unitWords(network, cell), 'conv5, channel 12 at row 3, column 7');
    assert.equal(unitWords(network, { layer: 'conv5', channel: 12 }), 'conv5, channel 12');
    assert.equal(unitWords(network, { layer: 'fc6', unit: [0, 0, 12] }), 'fc6, unit 12');
    const named = { kind: 'channel', target: 'conv5, channel 12', minus: undefined } as const;
    assert.equal(words.questionWords(named), 'Why conv5, channel 12?');
    assert.equal(words.targetWords(named), 'Mean of conv5, channel 12');
    assert.equal(words.targetWords({ ...named, kind: 'unit' }), 'Value of conv5, channel 12');
    for (const method of explanationMethods) {
      for (const said of [saysOf(method, 'unit'), unitOf(method, 'channel')])
        assert.doesNotMatch(said, /class|logit/, method);
      assert.equal(saysOf(method), methodWords[method].says);
    }
    assert.equal(unitOf('gradCam', 'unit'), 'the unit’s value');
    assert.equal(unitOf('gradCam'), 'logits');
  });

  it('say that nothing speaks for a class, as an answer', () => {
    const of = (...values: readonly number[]): string | undefined =>
      words.verdictWords('gradCam', Float32Array.from(values), golfBall);
    assert.equal(of(-1, 0.1), undefined);
    assert.match(of(-1, 0) ?? '', /^Nothing in this picture speaks for golf ball/);
    assert.match(of(0, 0) ?? '', /^Every value is zero/);
    assert.match(of(NaN, 1) ?? '', /NaN/);
    const none = words.verdictWords('eigenCam', Float32Array.of(-1), golfBall);
    assert.equal(none, undefined);
    assert.match(
      words.verdictWords('gradCam', Float32Array.of(-1), contrast) ?? '',
      /for golf ball rather than tench/,
    );
  });

  it('tell how much of a promised sum is missing', () => {
    const whole = explanation('integratedGradients', [1, 1, 3], new Float32Array(3));
    assert.equal(words.completenessWords(whole), undefined);
    const text = words.completenessWords({ ...whole, completeness: { sum: 7.5, expected: 8 } });
    assert.match(text ?? '', /add up to 7\.5; .* to 8: an error of 0\.5 \(6\.3 %\)\./);
  });

  it('have a title and one sentence for every method, and each is in the table once', () => {
    assert.deepEqual([...methodOrder].sort(), [...explanationMethods].sort());
    for (const method of explanationMethods) {
      const { says } = methodWords[method];
      assert.match(says, /^[A-Z].*\.$/, method);
      assert.ok(says.length <= 160, `${method} takes ${says.length} letters`);
    }
  });

  it('say how far it is, that it was stopped, and why it failed', () => {
    assert.equal(progressWords({ status: 'loading' }, 'LRP'), 'Working out LRP…');
    assert.match(progressWords({ status: 'stopped' }, 'LRP'), /^Stopped before LRP/);
    const map = { shape: [1, 1], data: Float32Array.of(1) };
    const progress = { what: '', fraction: 0.5, map };
    assert.match(progressWords({ status: 'stopped', progress }, 'LRP'), /as far as it got/);
    const failed = progressWords({ status: 'failed', why: 'no rule for conv1' }, 'LRP');
    assert.equal(failed, 'Could not work out LRP: no rule for conv1.');
  });
});

describe('the classes to choose from', () => {
  const prediction = { index: 2, label: 'crane', synset: 'n2', probability: 0.5 };
  const labels = ['tench', 'crane', 'crane', 'great crane', 'golf ball'];

  it('are the first five, then all, each once', () => {
    const options = classOptions({ predictions: [prediction] }, labels);
    assert.deepEqual(
      options.map(({ index }) => index),
      [2, 0, 1, 3, 4],
    );
    assert.deepEqual(
      options.map(({ note }) => note),
      ['50.0 %', 'class 0', 'class 1', 'class 3', 'class 4'],
    );
    assert.equal(classOptions({ predictions: [prediction] }, undefined).length, 1);
  });

  it('are found by the parts of a name or by a number, what begins so first', () => {
    const options: readonly ClassOption[] = labels.map((label, index) => {
      return { index, label, note: '' };
    });
    const found = (query: string): readonly number[] =>
      findClasses(options, query).map(({ index }) => index);
    assert.deepEqual(found('crane'), [1, 2, 3]);
    assert.deepEqual(found('ball GO'), [4]);
    assert.deepEqual(found('3'), [3]);
    assert.deepEqual(found(' '), [0, 1, 2, 3, 4]);
    assert.deepEqual(found('no such'), []);
  });
});

describe('the curves of faithfulness', () => {
  const curve = (
    values: readonly number[],
    probabilities?: readonly number[],
  ): FaithfulnessCurve => ({
    values: Float32Array.from(values),
    area: 1,
    ...(probabilities && {
      probabilities: Float32Array.from(probabilities),
      probabilityArea: 0.25,
    }),
  });

  it('are of the probability where there is one, from 0 to 1, else of the value', () => {
    const of = curvesOf({ deletion: curve([8, -2], [1, 0]), insertion: curve([-2, 8], [0, 1]) });
    assert.deepEqual([of.low, of.high], [0, 1]);
    assert.deepEqual(of.areas, { deletion: 0.25, insertion: 0.25 });
    assert.equal(curvePath(of.deletion, of), 'M0.0000 0.0000L1.0000 1.0000');
    const plain = curvesOf({ deletion: curve([8, -2]), insertion: curve([-2, 6]) });
    assert.deepEqual([plain.low, plain.high, plain.areas.deletion], [-2, 8, 1]);
    assert.equal(
      curvePath(Float32Array.of(3, 3), { low: 3, high: 3 }),
      'M0.0000 1.0000L1.0000 1.0000',
    );
  });

  it('begin on the colour that is zero to the network', () => {
    assert.deepEqual(zeroColour(alexNets.keras.preprocess), [0, 0, 0]);
    assert.deepEqual(zeroColour(alexNets.torchvision.preprocess), [124, 116, 104]);
    assert.deepEqual(zeroColour(alexNets.bvlc.preprocess), [123, 117, 104]);
  });
});
