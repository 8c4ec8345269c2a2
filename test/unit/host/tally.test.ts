import { strict as assert } from 'node:assert';
import { Tally } from '../../../src/host/evaluate/tally';
import { imageNetLabels } from '../../../src/library/imageNetLabels';
import {
  classCount,
  classes,
  folders,
  label,
  logitsOf,
  picturesOf,
} from '../../support/labelledPictures';

describe('an evaluation adds up', () => {
  it('what counting the logits by hand gives: top-1, top-5, classes, pairs, among the folder’s own', async () => {
    const { pictures } = await label(picturesOf(folders));
    const tally = new Tally(pictures, imageNetLabels);
    const all = Array.from({ length: pictures.size }, (_, picture) => {
      const truth = pictures.truth(picture);
      return { picture, truth, logits: logitsOf(picture, truth) };
    });
    for (const { picture, logits } of all) if (picture !== 7) tally.add(picture, logits);
    tally.fail(7, '2.png is no picture.');
    const read = all.filter(({ picture }) => picture !== 7);
    const better = (logits: Float32Array, truth: number): number =>
      logits.filter((value) => value > logits[truth]!).length;
    const best = (logits: Float32Array, some: readonly number[]): number =>
      some.reduce((a, b) => (logits[b]! > logits[a]! ? b : a));
    const everything = Array.from({ length: classCount }, (_, index) => index);
    const report = tally.report();
    assert.equal(report.pictures, 94);
    assert.equal(report.top1, read.filter((one) => better(one.logits, one.truth) === 0).length);
    assert.equal(report.top5, read.filter((one) => better(one.logits, one.truth) < 5).length);
    assert.ok(report.top1 > 30 && report.top1 < 70, `${report.top1} are right`);
    assert.equal(
      report.among,
      read.filter((one) => best(one.logits, classes) === one.truth).length,
    );
    assert.deepEqual(
      report.classes.map(({ index, synset, pictures: count, top1 }) => [
        index,
        synset,
        count,
        top1,
      ]),
      classes.map((index) => {
        const own = read.filter(({ truth }) => truth === index);
        const right = own.filter((one) => better(one.logits, index) === 0).length;
        return [index, imageNetLabels.synsets![index], own.length, right];
      }),
    );
    const pairs = new Map<string, number>();
    for (const { truth, logits } of read) {
      const pair = `${truth} ${best(logits, everything)}`;
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
    const told = Array.from({ length: report.confusions.length / 3 }, (_, index) => {
      const [truth, taken, count] = report.confusions.slice(3 * index, 3 * index + 3);
      return [`${truth} ${taken}`, count] as const;
    });
    assert.deepEqual(new Map(told), pairs);
    assert.ok(Object.keys(report.otherLabels).length > 3);
    assert.deepEqual(report.unreadable, [{ name: 'n01440764/2.png', why: '2.png is no picture.' }]);
  });

  it('the surest mistakes first, and of a pair of classes every picture', async () => {
    const { pictures } = await label(picturesOf(folders));
    const tally = new Tally(pictures, imageNetLabels);
    for (let picture = 0; picture < pictures.size; picture++) {
      tally.add(picture, logitsOf(picture, pictures.truth(picture)));
    }
    const { top1, confusions } = tally.report();
    const mistakes = tally.find({});
    assert.equal(mistakes.all, pictures.size - top1);
    const sureness = mistakes.pictures.map(({ probability }) => probability);
    assert.deepEqual(
      sureness,
      sureness.toSorted((a, b) => b - a),
    );
    assert.ok(mistakes.pictures.every(({ truth, taken }) => truth !== taken));
    const [truth = 0, taken = 0, count = 0] = confusions;
    assert.equal(tally.find({ truth, taken }).all, count);
    const others = tally.find({ besides: classes });
    assert.ok(others.pictures.every((one) => !classes.includes(one.taken)));
  });
});
