import { stretchToUnit } from '../../../src/network/preprocess/preprocess';
import { alexNetIds, alexNets } from '../../../src/library/alexNets';
import { settled } from '../../../src/webview/draw/redraw';
import { draftOf, readDraft } from '../../../src/webview/preprocessing/preprocessDraft';
import { preparedWords, sizeWords } from '../../../src/webview/preprocessing/preparedFrom';
import { stepNotes, stepOf } from '../../../src/webview/preprocessing/stepRows';
import { partWords, preprocessWords } from '../../../src/webview/preprocessing/preprocessWords';
import { sentence } from '../../../src/webview/draw/resource';

import assert from 'node:assert/strict';

describe('the fields of a preprocessing', () => {
  for (const id of alexNetIds) {
    it(`say what ${id} has, and are read back as the very same numbers`, () => {
      const { preprocess } = alexNets[id];
      assert.deepEqual(readDraft(draftOf(preprocess)), preprocess);
    });
  }

  it('say a scale as a fraction where it is one', () => {
    const texts = [1 / 255, 1 / 127.5, 1, 0.5, -1, 2].map(
      (scale) => draftOf({ ...stretchToUnit, scale }).scale,
    );
    assert.deepEqual(texts, ['1/255', '1/127.5', '1', '1/2', '-1', '2']);
  });

  it('leave a text that is no number for the check to name', () => {
    const read = (scale: string): unknown =>
      (readDraft({ ...draftOf(stretchToUnit), scale }) as { scale: unknown }).scale;
    const cases: readonly (readonly [string, unknown])[] = [
      ['', ''],
      [' ', ' '],
      ['0,5', '0,5'],
      ['1/', '1/'],
      ['/2', '/2'],
      ['1/2/3', '1/2/3'],
      ['0/0', '0/0'],
      ['1/0', Infinity],
      [' 1 / 4 ', 0.25],
      ['-2.5e1', -25],
    ];
    for (const [text, value] of cases) assert.equal(read(text), value);
  });

  it('keep a size for the fits that need one', () => {
    const draft = draftOf(stretchToUnit);
    const crop = readDraft({ ...draft, mode: 'crop' }) as { fit: unknown };
    assert.deepEqual(crop.fit, { mode: 'crop', shortSide: 256 });
  });
});

describe('where the preparation of an opened model comes from', () => {
  const assumed = { preparedFrom: 'assumed: stretched, values from 0 to 1' };
  const beside = { preparedFrom: 'preprocessor_config.json beside it' };

  it('is said, and kept in sight where a person changed it', () => {
    assert.equal(preparedWords(assumed, false), 'Assumed: stretched, values from 0 to 1');
    assert.equal(preparedWords(beside, false), 'preprocessor_config.json beside it');
    assert.equal(
      preparedWords(beside, true),
      'Changed by you; the model’s own is preprocessor_config.json beside it',
    );
    assert.equal(preparedWords({}, true), undefined);
  });

  it('is said of the size where the file leaves it open', () => {
    const { network } = alexNets.bvlc;
    assert.equal(sizeWords({ network }), undefined);
    const words = (sizeFrom: 'assumed' | 'chosen') => sizeWords({ network, sizeFrom });
    assert.equal(words('assumed'), 'Size 227 × 227: assumed, as the file leaves it open');
    assert.equal(words('chosen'), 'Size 227 × 227: chosen by you, as the file leaves it open');
  });
});

describe('the steps of a preprocessing', () => {
  const picture = { width: 500, height: 375 };
  const notesOf = (id: 'keras' | 'bvlc' | 'torchvision'): readonly string[] => {
    const { preprocess } = alexNets[id];
    const side = id === 'bvlc' ? 227 : 224;
    const notes = stepNotes(picture, preprocess, [side, side, 3]);
    return [notes.decode, notes.fit, notes.scale, notes.tensor];
  };

  it('are those of one channel where the network takes grey', () => {
    const { decode, order, tensor } = stepNotes(picture, stretchToUnit, [28, 24, 1]);
    assert.deepEqual([decode, order, tensor], ['500 × 375, grey', 'one channel', '28 × 24 × 1']);
    const centred = { ...stretchToUnit, mean: [0.5, 0.5, 0.5], std: [0.2, 0.2, 0.2] } as const;
    assert.equal(
      preprocessWords([28, 24, 1], centred),
      '28 × 24 × 1, stretch, bilinear, grey, ÷ 255, − mean 0.5, ÷ std 0.2',
    );
  });

  it('have the numbers of this picture', () => {
    assert.deepEqual(notesOf('keras'), [
      '500 × 375, RGB',
      '500 × 375 → 224 × 224',
      '0 … 1',
      '224 × 224 × 3',
    ]);
    assert.equal(notesOf('torchvision')[1], '500 × 375 → 341 × 256 → 224 × 224');
    assert.deepEqual(notesOf('bvlc').slice(1), [
      '500 × 375 → 256 × 256 → 227 × 227',
      '0 … 255',
      '227 × 227 × 3',
    ]);
  });

  it('know where each setting stands and how it is published', () => {
    assert.deepEqual([stepOf('filter'), stepOf('std')], ['fit', 'std']);
    const { preprocess } = alexNets.torchvision;
    assert.equal(partWords('fit', preprocess), 'short side 256, centre crop');
    assert.equal(partWords('scale', preprocess), '÷ 255');
    assert.equal(partWords('mean', preprocess), '0.485 0.456 0.406');
  });

  it('say an error as a sentence', () => {
    assert.equal(sentence('std must be 1'), 'Std must be 1.');
    assert.equal(sentence('fit.size must be 1.'), 'fit.size must be 1.');
  });
});

describe('work that waits until its reasons have come to rest', () => {
  const wait = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, milliseconds));

  it('is done once, after the last of them', async () => {
    let done = 0;
    const { soon } = settled(() => done++, 20);
    for (let i = 0; i < 3; i++) soon();
    assert.equal(done, 0);
    await wait(60);
    assert.equal(done, 1);
  });

  it('is done at once when told, and not a second time', async () => {
    let done = 0;
    const { soon, now, never } = settled(() => done++, 10);
    now();
    assert.equal(done, 0);
    soon();
    now();
    now();
    soon();
    never();
    await wait(40);
    assert.equal(done, 1);
  });
});
