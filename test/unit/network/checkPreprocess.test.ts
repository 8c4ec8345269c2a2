import assert from 'node:assert/strict';
import { alexNetIds, alexNets } from '../../../src/library/alexNets';
import { changedParts, withParts } from '../../../src/network/preprocess/changedParts';
import { checkPreprocess } from '../../../src/network/preprocess/checkPreprocess';
import { resizedSize } from '../../../src/network/preprocess/fitSizes';
import { inputSize } from '../../../src/network/inputShape';
import { stretchToUnit, torchvisionImageNet } from '../../../src/network/preprocess/preprocess';

const input = { width: 224, height: 224 };

describe('the check of a preprocessing', () => {
  for (const id of alexNetIds) {
    it(`lets the published one of ${id} pass as it is`, () => {
      const { preprocess, network } = alexNets[id];
      assert.deepEqual(checkPreprocess(preprocess, inputSize(network)), preprocess);
    });
  }

  const refused: readonly (readonly [string, object, string, string])[] = [
    ['a std of 0', { std: [1, 0, 1] }, 'std', 'std must be free of zeros, not [1, 0, 1]'],
    ['a text as mean', { mean: [0, 'a', 0] }, 'mean', "mean must be a finite number, not 'a'"],
    ['an empty scale', { scale: '' }, 'scale', "scale must be a finite number, not ''"],
    [
      'a crop below the input',
      { fit: { mode: 'crop', shortSide: 223 } },
      'fit',
      "pictures are scaled to 223 pixels, less than the network's 224 x 224: raise it in the preprocessing",
    ],
    [
      'a list',
      { scale: [1, 2, 3, 4, 5] },
      'scale',
      'scale must be a finite number, not [1, 2, 3, 4, …]',
    ],
    [
      'an object',
      { order: {} },
      'order',
      "order must be 'RGB' or 'BGR', not a value of type object",
    ],
    [
      'a scale that float32 cannot hold',
      { scale: 1e38 },
      'scale',
      'scale makes 2.55e+40 of a pixel, which is too large for float32',
    ],
    [
      'a std that makes too much of a pixel',
      { std: [1, 1, 1e-40] },
      'std',
      'std makes 1e+40 of a pixel, which is too large for float32',
    ],
  ];
  for (const [name, parts, part, message] of refused) {
    it(`refuses ${name}, says the value and the part`, () => {
      assert.throws(() => checkPreprocess({ ...stretchToUnit, ...parts }, input), {
        name: 'PreprocessError',
        message,
        part,
      });
    });
  }
});

describe('what was changed of a preprocessing', () => {
  it('is nothing between equals', () => {
    assert.deepEqual(changedParts({ ...torchvisionImageNet }, torchvisionImageNet), {});
  });

  it('gives back the whole with what is published', () => {
    const settings = { ...torchvisionImageNet, order: 'BGR', mean: [0, 0, 1] } as const;
    const parts = changedParts(settings, torchvisionImageNet);
    assert.deepEqual(parts, { order: 'BGR', mean: [0, 0, 1] });
    assert.deepEqual(withParts(torchvisionImageNet, parts), settings);
  });

  it('sees another size of the same fit', () => {
    const fit = { mode: 'crop', shortSide: 257 } as const;
    assert.deepEqual(changedParts({ ...torchvisionImageNet, fit }, torchvisionImageNet), { fit });
  });
});

describe('the size a picture is resized to', () => {
  const cases = [
    [{ mode: 'stretch' }, { width: 224, height: 224 }],
    [
      { mode: 'warp', size: 256 },
      { width: 256, height: 256 },
    ],
    [
      { mode: 'crop', shortSide: 256 },
      { width: 341, height: 256 },
    ],
  ] as const;
  for (const [fit, expected] of cases) {
    it(`is ${expected.width} x ${expected.height} for ${fit.mode}`, () => {
      assert.deepEqual(resizedSize({ width: 500, height: 375 }, fit, input), expected);
    });
  }
});
