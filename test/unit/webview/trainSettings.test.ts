import assert from 'node:assert/strict';
import { alexNets } from '../../../src/library/alexNets';
import { learningLayers } from '../../../src/protocol/learningLayers';
import type { TrainingSettings } from '../../../src/protocol/training';
import {
  afterOptimiser,
  draftOf,
  isAsked,
  readDraft,
  type TrainingDraft,
} from '../../../src/webview/train/settingsDraft';
import { someSettings as settings } from '../../support/trainingSettings';
import { checkRules, choiceRules, numberRules } from '../../../src/webview/train/settingsFields';

const { network } = alexNets.keras;

const each: readonly TrainingSettings[] = [
  settings,
  { ...settings, learning: { kind: 'from', layer: 'conv4' }, start: 'loaded', heldOut: 0 },
  { ...settings, learning: { kind: 'classifier' }, schedule: { kind: 'constant', rate: 1e-7 } },
  { ...settings, schedule: { kind: 'step', rate: 0.1, every: 3, factor: 0.5 } },
  {
    ...settings,
    schedule: { kind: 'cosine', rate: 0.05 },
    augmentation: { flip: false, colour: 0 },
  },
  {
    ...settings,
    optimiser: {
      ...{ kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      ...{ formula: 'keras', weightDecay: 0 },
    },
  },
];

function problemsOf(change: Partial<TrainingDraft>): Readonly<Record<string, string>> {
  const reading = readDraft({ ...draftOf(settings, network), ...change }, settings);
  return 'problems' in reading ? Object.fromEntries(reading.problems) : {};
}

describe('the settings of a training in their fields', () => {
  it('come back as they were, whatever they are', () => {
    for (const one of each) {
      assert.deepEqual(readDraft(draftOf(one, network), one), { settings: one });
    }
  });

  it('say in a sentence what a field takes instead', () => {
    assert.deepEqual(problemsOf({ epochs: '0', batch: '2.5', rate: '', seed: 'x' }), {
      epochs: 'Give a whole number from 1 to 10,000 instead of “0”.',
      batch: 'Give a whole number from 1 to 1,024 instead of “2.5”.',
      rate: 'Give a number above 0, up to 10.',
      seed: 'Give a whole number from 0 to 4,294,967,295 instead of “x”.',
    });
    assert.deepEqual(problemsOf({ momentum: '1', heldOut: '60 %' }), {
      momentum: 'Give a number from 0 to 0.9999 instead of “1”.',
      heldOut: 'Give a percentage from 0 to 50 instead of “60 %”.',
    });
    assert.deepEqual(problemsOf({ rate: '0,02', heldOut: '25 %', colour: '0' }), {});
  });

  it('are asked for only where a choice has them; what is not asked for is not refused', () => {
    const draft = draftOf(settings, network);
    const asked = (change: Partial<TrainingDraft>): readonly string[] =>
      (['layer', 'every', 'warmUp', 'nesterov', 'beta1', 'cropArea'] as const).filter((id) =>
        isAsked(id, { ...draft, ...change }),
      );
    assert.deepEqual(asked({}), ['warmUp', 'nesterov', 'cropArea']);
    assert.deepEqual(
      asked({ schedule: 'step', optimiser: 'adam', crop: false, learning: 'from' }),
      [...['layer', 'every', 'beta1']],
    );
    assert.deepEqual(problemsOf({ every: 'never', beta1: '7' }), {});
  });

  it('have the usual rate of another optimiser, unless it was set by the person', () => {
    const draft = { ...draftOf(settings, network), optimiser: 'adam' };
    assert.equal(afterOptimiser(draft, 'sgd').rate, '0.001');
    assert.equal(afterOptimiser({ ...draft, rate: '0.02' }, 'sgd').rate, '0.02');
  });

  it('offer the layers with weights, the first dense one before a person chooses', () => {
    const layers = [...learningLayers(network, { kind: 'all' })];
    assert.ok(layers.includes('conv1') && !layers.includes('pool1'), layers.join());
    assert.equal(draftOf(settings, network).layer, 'fc6');
  });

  it('each say in one short sentence what they do', () => {
    for (const { label, hint } of Object.values({
      ...numberRules,
      ...choiceRules,
      ...checkRules,
    })) {
      assert.match(hint, /^[A-Z].{8,78}\.$/, label);
    }
  });
});
