import assert from 'node:assert/strict';
import type { EvaluatedClass, EvaluationReport } from '../../../src/protocol/evaluation';
import {
  accuracyWords,
  durationWords,
  evaluationWords,
  progressWords,
} from '../../../src/protocol/evaluationWords';
import { shortLabel } from '../../../src/protocol/pictureWords';
import {
  confusedPairs,
  firstOrder,
  labelsOf,
  matrixOf,
  nextOrder,
  pairsOf,
  sortedClasses,
} from '../../../src/webview/evaluate/confusion';
import { followEvaluation } from '../../../src/webview/state/follow';

/** The true class, what it was taken for, how often. */
type Triple = readonly [truth: number, taken: number, count: number];

function reportOf(triples: readonly Triple[], own: readonly number[]): EvaluationReport {
  const sum = (fits: (triple: Triple) => boolean): number =>
    triples.filter(fits).reduce((all, [, , count]) => all + count, 0);
  const classes = own.map((index): EvaluatedClass => {
    const [pictures, top1] = [
      sum(([truth]) => truth === index),
      sum(([truth, taken]) => truth === index && taken === index),
    ];
    return { index, label: `c${index}, also`, synset: '', pictures, top1, top5: pictures };
  });
  const others = triples.map(([, taken]) => taken).filter((taken) => !own.includes(taken));
  return {
    pictures: sum(() => true),
    top1: sum(([truth, taken]) => truth === taken),
    top5: sum(() => true),
    allClasses: 1000,
    classes,
    confusions: Uint32Array.from(triples.flat()),
    otherLabels: Object.fromEntries(others.map((index) => [index, `other ${index}`])),
    unreadable: [],
  };
}

describe('what is taken for what', () => {
  const report = reportOf(
    [
      [0, 0, 8],
      [0, 2, 1],
      [0, 900, 1],
      [2, 0, 4],
      [2, 2, 5],
      [10, 10, 3],
      [10, 901, 2],
    ],
    [0, 2, 10],
  );

  it('is a matrix of the folder’s classes, with one column for all others that were answered', () => {
    const { rows, columns, counts } = matrixOf(report, 24);
    assert.deepEqual(
      rows.map(({ index }) => index),
      [0, 2, 10],
    );
    assert.deepEqual(
      columns.map((column) => column?.index),
      [0, 2, 10, undefined],
    );
    assert.deepEqual(counts, [
      [8, 1, 0, 1],
      [4, 5, 0, 0],
      [0, 0, 3, 2],
    ]);
    const closed = reportOf([[0, 2, 1]], [0, 2]);
    assert.deepEqual(matrixOf(closed, 24).counts, [
      [0, 1],
      [0, 0],
    ]);
  });

  it('is a matrix of those that are confused most where there are too many, and loses no picture of theirs', () => {
    const many = Array.from({ length: 1000 }, (_, index) => index);
    const triples = many.flatMap((index): Triple[] => [
      [index, index, 50 - (index % 7)],
      [index, (index + 1) % 1000, index % 7],
    ]);
    const whole = reportOf(triples, many);
    const { rows, counts } = matrixOf(whole, 24);
    assert.ok(rows.length <= 24 && rows.length >= 23, `${rows.length} classes`);
    counts.forEach((row, at) => {
      assert.equal(
        row.reduce((all, count) => all + count, 0),
        rows[at]!.pictures,
      );
    });
    assert.deepEqual(
      rows.map(({ index }) => index),
      rows.map(({ index }) => index).toSorted((a, b) => a - b),
    );
  });

  it('is a list of pairs, the most frequent first, with the names of classes that no folder has', () => {
    assert.deepEqual(
      confusedPairs(report).map(({ truth, taken, count, of }) => [truth, taken, count, of]),
      [
        [2, 0, 4, 9],
        [10, 901, 2, 5],
        [0, 2, 1, 10],
        [0, 900, 1, 10],
      ],
    );
    assert.equal(pairsOf(report).length, 7);
    assert.equal(labelsOf(report).get(901), 'other 901');
    assert.equal(shortLabel(labelsOf(report).get(2)!), 'c2');
  });

  it('sorts classes: the hardest first, and as a person asks, as people count', () => {
    const by = (order = firstOrder): readonly number[] =>
      sortedClasses(report.classes, order).map(({ index }) => index);
    assert.deepEqual(by(), [2, 10, 0]);
    const byLabel = nextOrder(firstOrder, 'label');
    assert.deepEqual(by(byLabel), [0, 2, 10]);
    assert.deepEqual(by(nextOrder(byLabel, 'label')), [10, 2, 0]);
    assert.deepEqual(by(nextOrder(byLabel, 'pictures')), [0, 2, 10]);
    const none = sortedClasses([{ ...report.classes[0]!, pictures: 0, top1: 0 }], firstOrder);
    assert.equal(none.length, 1);
  });
});

describe('an evaluation in words', () => {
  const evaluation = {
    begun: 1,
    folder: 'imagenet/val',
    documentId: 'bvlc',
    network: 'BVLC',
    weights: 'w',
    trained: true,
    preparedAsPublished: true,
    status: 'running',
    pictures: 50_000,
    done: 1234,
    unreadable: 0,
    speed: 37.8,
    secondsLeft: 1290,
    leftOut: [],
    version: 1,
  } as const;

  it('has as many digits as its pictures are worth', () => {
    assert.equal(accuracyWords(5, 9), '55.6 %');
    assert.equal(accuracyWords(28_534, 50_000), '57.07 %');
    assert.equal(accuracyWords(0, 0), 'no picture');
    assert.deepEqual([3, 61, 1290, 3900].map(durationWords), [
      'less than a minute',
      '2 min',
      '22 min',
      '1 h 5 min',
    ]);
  });

  it('says how far it is, how fast, and what came out', () => {
    assert.equal(progressWords(evaluation), '1,234 of 50,000 pictures, 38 per second, 22 min left');
    const { speed: _, secondsLeft: __, ...begun } = evaluation;
    assert.equal(progressWords(begun), '1,234 of 50,000 pictures');
    const counts = { pictures: 49_999, top1: 28_534, top5: 40_125 };
    assert.equal(
      evaluationWords({ ...evaluation, status: 'done', unreadable: 1 }, counts),
      'imagenet/val: top-1 57.07 %, top-5 80.25 % of 49,999 pictures; 1 could not be read.',
    );
  });

  it('takes the middle of the page once, and gives it back when it is gone', () => {
    const graph = { evaluated: undefined, view: 'graph' } as const;
    assert.deepEqual(followEvaluation(graph, evaluation), { evaluated: 1, view: 'evaluate' });
    assert.deepEqual(followEvaluation({ evaluated: 1, view: 'graph' }, evaluation), {});
    const gone = followEvaluation({ evaluated: 1, view: 'evaluate' }, undefined);
    assert.deepEqual(gone, { evaluated: undefined, view: 'graph' });
    assert.equal(followEvaluation({ evaluated: 1, view: 'table' }, undefined).view, 'table');
  });
});
