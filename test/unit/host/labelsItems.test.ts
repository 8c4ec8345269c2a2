import { strict as assert } from 'node:assert';
import { labelsItems } from '../../../src/host/models/labelsItems';
import { readPictureSize } from '../../../src/host/models/modelAnswers';
import { numberedLabels } from '../../../src/network/classLabels';
import type { ClassLabels } from '../../../src/network/modelDocument';

const said: ClassLabels = { names: ['cat', 'dog'], source: 'labels.txt', from: 'beside' };

describe('what a person is offered to call classes', () => {
  const words = (...of: Parameters<typeof labelsItems>): readonly string[] =>
    labelsItems(...of).map(({ label, description }) => `${label} ${description}`.trim());

  it('is ImageNet first where a network has as many, or one more', () => {
    assert.deepEqual(words(numberedLabels(1000), undefined), [
      'ImageNet’s 1000 classes',
      'From a file…',
      'None in use',
    ]);
    const [first] = labelsItems(numberedLabels(1001), { kind: 'imageNet' });
    assert.deepEqual(
      [first?.description, first?.detail],
      ['in use', 'After one that is called background'],
    );
  });

  it('leads back to what the model says, where it says something', () => {
    const chosen = { kind: 'file', name: 'mine.txt', names: ['a', 'b'] } as const;
    assert.deepEqual(words(said, chosen), [
      'From a file… in use: mine.txt',
      'As the model says',
      'None',
    ]);
    const [, own, none] = labelsItems(said, undefined);
    assert.deepEqual([own?.detail, own?.choice], ['labels.txt beside it', undefined]);
    assert.deepEqual(none?.choice, { kind: 'numbers' });
  });
});

describe('a size of pictures', () => {
  for (const [text, size] of [
    ['224', [224, 224]],
    [' 224 × 320 ', [224, 320]],
    ['224x320', [224, 320]],
    ['224, 320', [224, 320]],
    ['96 64', [96, 64]],
  ] as const)
    it(`is read of ${JSON.stringify(text)}`, () => assert.deepEqual(readPictureSize(text), size));

  for (const text of ['', '0', '224 × 5000', '1.5', '1 × 2 × 3', 'large'])
    it(`is none in ${JSON.stringify(text)}, which is said`, () => {
      assert.throws(() => readPictureSize(text), /is no size: give height and width/);
    });
});
