import assert from 'node:assert/strict';
import type { PanelTraining, TrainingSettings } from '../../../src/protocol/training';
import {
  augmentationWords,
  epochWords,
  heldOutWords,
  learnedFacts,
  learningWords,
  optimiserWords,
  placeWords,
  recipeFacts,
  scheduleWords,
  speedWords,
} from '../../../src/protocol/trainingWords';
import { someSettings } from '../../support/trainingSettings';
import { weightsWords } from '../../../src/webview/header/weightsMenu';
import { followTraining } from '../../../src/webview/state/follow';
import { costWords, splitWords } from '../../../src/webview/train/costPart';
import { pointWords } from '../../../src/webview/train/curveChart';
import {
  dotsPath,
  linePath,
  nearest,
  niceTop,
  ticksTo,
} from '../../../src/webview/train/curveGeometry';
import { Paced } from '../../../src/webview/train/paced';
import { ratesOf } from '../../../src/webview/train/rateCurve';
import { spacedTiles } from '../../../src/webview/train/spacedTiles';
import { countingResult, spokenWords, stateWords } from '../../../src/webview/train/trainWords';
import { troubleWords } from '../../../src/webview/train/trainWords';

const settings: TrainingSettings = {
  ...someSettings,
  epochs: 4,
  batch: 16,
  augmentation: { crop: { area: [0.35, 1], aspect: [0.75, 4 / 3] }, flip: true, colour: 0.2 },
  seed: 7,
};
const data = {
  classes: ['a', 'b', 'c'].map((label) => ({ label, pictures: 20 })),
  pictures: 60,
  ownHeldOut: undefined,
  broken: [],
};
const training: PanelTraining = {
  begun: 1,
  folder: 'pictures',
  status: 'running',
  settings,
  data,
  step: 34,
  steps: 120,
  stepsPerEpoch: 30,
  history: [{ loss: 0.4321, accuracy: 0.8125, heldOut: { loss: 0.51, accuracy: 0.75 } }],
  picturesPerSecond: 31.4,
  secondsLeft: 700,
  learned: { documentId: 'trained', epochs: 1 },
  version: 3,
};

describe('the curves of a training', () => {
  it('have a scale that ends at a round number above all values, whatever is no number', () => {
    assert.deepEqual(
      [[2.3], [0.71, NaN], [100], [101, Infinity], [], [0]].map(niceTop),
      [2.5, 0.8, 100, 150, 1, 1],
    );
  });

  it('have round numbers along their axes, whole ones for epochs, no more than there is room for', () => {
    const numbers = (...of: Parameters<typeof ticksTo>): readonly number[] =>
      ticksTo(...of).map(({ value }) => value);
    assert.deepEqual(numbers(2.5, 4), [0, 1, 2]);
    assert.deepEqual(numbers(0.8, 4), [0, 0.2, 0.4, 0.6, 0.8]);
    assert.deepEqual(numbers(3, 8, { whole: true }), [0, 1, 2, 3]);
    assert.deepEqual(numbers(90, 8, { whole: true }), [0, 20, 40, 60, 80]);
    assert.deepEqual(numbers(0, 8), [0]);
    assert.equal(ticksTo(12, 8, { whole: true }).at(-1)?.place, 1);
  });

  it('break where a value is no number, and show a single point', () => {
    const line = [1, 0.5, NaN, 0, 9].map((y, at) => ({ x: at / 4, y }));
    assert.equal(
      linePath(line, 1),
      'M0.00000 0.00000L0.25000 0.50000M0.75000 1.00000L1.00000 0.00000',
    );
    assert.equal(linePath([{ x: 0, y: 1 }], 2), 'M0.00000 0.50000h0');
    assert.equal(dotsPath(line.slice(1, 3), 1), 'M0.25000 0.50000h0');
    assert.equal(linePath([], 1), '');
  });

  it('are read point by point, the held-out pictures with the epoch that is over', () => {
    const points = [3, 29, 34].map((step) => ({ step, loss: 1 / step, accuracy: 0.5, rate: 0.01 }));
    const curve = { ...training, points };
    assert.equal(
      nearest(
        points.map(({ step }) => ({ x: step / 120, y: 0 })),
        0.2,
      ),
      1,
    );
    assert.equal(nearest([], 0.5), undefined);
    const of = ({ loss }: { readonly loss: number }): number => loss;
    const words = (value: number): string => value.toFixed(3);
    assert.equal(pointWords(curve, 0, { of, words }), 'Epoch 1, step 3: 0.333, at rate 0.01');
    assert.equal(
      pointWords(curve, 2, { of, words }),
      'Epoch 2, step 34: 0.029, at rate 0.01; held out after epoch 1: 0.510',
    );
    assert.equal(pointWords(curve, 9, { of, words }), 'No step yet');
  });

  it('of the rate are the schedule’s, however few epochs there are', () => {
    for (const epochs of [1, 7, 500]) {
      const rates = ratesOf(settings.schedule, epochs);
      const most = Math.max(...rates);
      assert.ok(most > 0.0098 && most <= 0.01, `${epochs} epochs: ${most}`);
      assert.ok((rates[0] ?? 1) < most / 10 && (rates.at(-1) ?? 1) < most / 100);
    }
    const steps = ratesOf({ kind: 'step', rate: 1, every: 1, factor: 0.5 }, 3);
    assert.deepEqual([...new Set(steps)], [1, 0.5, 0.25]);
  });
});

describe('a training in words', () => {
  it('says where it is, how fast, and of an epoch what came of it', () => {
    assert.equal(placeWords(training), 'Epoch 2 of 4, step 4 of 30');
    assert.equal(placeWords({ ...training, step: 30 }), 'Epoch 1 of 4, step 30 of 30');
    assert.equal(placeWords({ ...training, step: 0 }), 'Epoch 1 of 4, step 0 of 30');
    assert.equal(speedWords(training), '31 pictures per second, 12 min left');
    assert.equal(
      epochWords(training.history[0]!),
      'loss 0.432, accuracy 81.3 %; held out: loss 0.510, accuracy 75.0 %',
    );
    assert.equal(
      stateWords({ ...training, status: 'preparing', prepared: 0.347 }),
      'Decoding pictures, 34 %',
    );
    assert.equal(stateWords({ ...training, status: 'failed', stepsPerEpoch: 0 }), 'Failed');
  });

  it('is said aloud at the end of an epoch and at its own, not at every step', () => {
    const at = (step: number): string => spokenWords({ ...training, step });
    assert.equal(at(34), at(55));
    assert.equal(
      at(34),
      'Epoch 1: loss 0.432, accuracy 81.3 %; held out: loss 0.510, accuracy 75.0 %.',
    );
    assert.equal(spokenWords({ ...training, status: 'preparing', history: [] }), '');
    const failed = { ...training, status: 'failed', why: 'the loss is no number' } as const;
    assert.match(
      spokenWords(failed),
      /^Failed: Epoch 2 of 4, step 4 of 30\. Epoch 1: .*\. The loss is no number\.$/,
    );
    assert.equal(
      troubleWords(failed),
      'The loss is no number. What was learned in 1 epoch is kept and can be used.',
    );
    const { learned: _, ...nothing } = failed;
    assert.match(troubleWords(nothing) ?? '', /Nothing that can be used was learned yet\.$/);
    assert.equal(troubleWords(training), undefined);
  });

  it('has a recipe that says all that decided what was learned', () => {
    assert.deepEqual(
      recipeFacts(settings, data).map(({ term, value }) => `${term}: ${value}`),
      [
        'Pictures: 60 of 3 classes',
        'Held out: 20 %, drawn by seed 7',
        'Started from: random weights',
        'Learned: all layers',
        'Epochs: 4, 16 pictures in a step',
        'Learning rate: 0.01, one cycle, rising for 30 % of the steps',
        'Optimiser: SGD, momentum 0.9 (Nesterov), weight decay 0.0005',
        'Varied by: crops of 35 % or more of the area, mirroring, colours up to 20 %',
        'Seed: 7',
      ],
    );
    assert.equal(learningWords({ kind: 'from', layer: 'conv4' }), 'the layers from conv4 on');
    assert.equal(heldOutWords(settings, { ownHeldOut: 50 }), '50 pictures of val');
    assert.equal(
      scheduleWords({ kind: 'step', rate: 0.1, every: 1, factor: 0.5 }),
      '0.1, times 0.5 every 1 epoch',
    );
    const adam = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 } as const;
    assert.equal(
      optimiserWords({ ...adam, formula: 'keras' }),
      'Adam as in Keras, beta 0.9 and 0.999, epsilon 1e-7',
    );
    assert.equal(augmentationWords({ flip: false, colour: 0 }), 'nothing');
  });

  it('is told of weights that came of it: how well they do, of what, by which recipe', () => {
    const learned = {
      ...{ folder: 'pictures', pictures: 48, heldOut: 12, epochs: 4, date: 0 },
      result: training.history[0]!,
      settings,
    };
    const facts = learnedFacts(learned).map(({ term, value }) => `${term}: ${value}`);
    assert.deepEqual(facts.slice(0, 2), [
      'Trained here: 75.0 % of 12 pictures held out; 4 epochs on 48 pictures of pictures',
      'Started from: random weights',
    ]);
    assert.equal(facts.at(-1), 'Seed: 7');
    assert.deepEqual(
      weightsWords({ documentId: 'x', trained: true, name: 'w', tensors: 28, learned }).slice(2),
      facts.slice(0, 1),
    );
  });

  it('costs what was measured, of the pictures that are not held out', () => {
    assert.equal(splitWords({ settings, data }), '48 to learn from, 12 held out');
    const own = { ...data, ownHeldOut: 9 };
    assert.equal(splitWords({ settings, data: own }), '60 to learn from, 9 held out');
    const cost = {
      ...{ steps: 12, secondsPerStep: 0.25, seconds: 300, memoryBytes: 2e9, diskBytes: 3e8 },
      learnedParameters: 40_970,
    };
    assert.deepEqual(costWords(cost, { settings }), {
      Steps: '12, 3 in an epoch',
      Time: '5 min, 250 ms a step',
      Memory: '2.00 GB',
      Disk: '300 MB',
      'Parameters that learn': '40,970',
    });
  });

  it('counts by the weights that can be used, else by the last epoch', () => {
    const history = [...training.history, { loss: NaN, accuracy: 0.1 }];
    assert.equal(countingResult({ ...training, history }), history[0]);
    const { learned: _, ...nothing } = training;
    assert.equal(countingResult({ ...nothing, history }), history[1]);
  });
});

describe('what a network looks like while it learns', () => {
  /** Tiles of that size in two columns, the last place empty, each of one grey. */
  function live(side: number): Parameters<typeof spacedTiles>[0] {
    const width = 2 * side;
    const rgb = Uint8Array.from({ length: 3 * width * width }, (_, at) => {
      const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
      return 10 * (1 + Math.floor(x / side) + 2 * Math.floor(y / side));
    });
    return { picture: { width, height: width, rgb }, tiles: 3, columns: 2 };
  }

  it('has room between tiles that can be told apart, and nothing where there is none', () => {
    const { pixels, width, height } = spacedTiles(live(5));
    assert.deepEqual([width, height], [11, 11]);
    const at = (x: number, y: number): readonly number[] => {
      const start = 4 * (y * width + x);
      return [...pixels.subarray(start, start + 4)];
    };
    assert.deepEqual(at(4, 4), [10, 10, 10, 255]);
    assert.deepEqual([at(5, 4), at(4, 5), at(6, 6), at(10, 10)], Array(4).fill([0, 0, 0, 0]));
    assert.deepEqual(
      [at(6, 0), at(0, 6)],
      [
        [20, 20, 20, 255],
        [30, 30, 30, 255],
      ],
    );
    assert.equal(spacedTiles(live(1)).width, 2);
  });
});

describe('the page of a training', () => {
  it('takes the middle of the panel once, and gives it back when the training is closed', () => {
    const graph = { trained: undefined, view: 'graph' } as const;
    assert.deepEqual(followTraining(graph, training), { trained: 1, view: 'train' });
    assert.deepEqual(followTraining({ trained: 1, view: 'table' }, training), {});
    const gone = followTraining({ trained: 1, view: 'train' }, undefined);
    assert.deepEqual(gone, { trained: undefined, view: 'graph' });
  });

  it('reads what costs steps no more often than it may, and the last of it in the end', async () => {
    let now = 0;
    let asked = 0;
    const paced = new Paced(
      30,
      () => asked++,
      () => now,
    );
    assert.equal(paced.next(1, true), 1);
    now = 10;
    assert.equal(paced.next(2, false), 1);
    assert.equal(paced.next(3, false), 1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.equal(asked, 1);
    now = 31;
    assert.equal(paced.next(3, false), 3);
    assert.equal(paced.next(4, true), 4);
  });
});
