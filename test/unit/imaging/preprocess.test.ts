import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { preprocess } from '../../../src/imaging/preprocess';
import { PreprocessError } from '../../../src/network/preprocess/checkPreprocess';
import {
  caffeImageNet,
  stretchToUnit,
  torchvisionImageNet,
  type Preprocess,
} from '../../../src/network/preprocess/preprocess';
import { resizeOracle } from './fixtures';
import { formulaPicture } from './formulaPicture';

describe('preprocess', () => {
  const tensorCases = [
    ['torchvision', { ...torchvisionImageNet, fit: { mode: 'stretch' } }],
    ['caffe', { ...caffeImageNet, fit: { mode: 'stretch' } }],
    ['unit', stretchToUnit],
  ] as const;
  for (const [name, settings] of tensorCases) {
    it(`makes NumPy's numbers of pixels with ${name} statistics`, () => {
      const { tensor } = preprocess(formulaPicture(16, 16, 6), settings, 16, 16);
      assert.equal(tensor.length, 16 * 16 * 3);
      resizeOracle.tensors[name].forEach((value, i) => {
        // Caffe's script rounds the mean to single precision before it subtracts.
        const tolerance = name === 'caffe' ? 1e-5 : 1e-6;
        assert.ok(Math.abs(tensor[i]! - value) <= tolerance, `${i}: ${tensor[i]} for ${value}`);
      });
    });
  }

  for (const { source, shortSide, input, sha256 } of resizeOracle.crops) {
    it(`crops ${source.join(' x ')} by short side ${shortSide} to ${input} as torchvision does`, () => {
      const settings: Preprocess = { ...torchvisionImageNet, fit: { mode: 'crop', shortSide } };
      const { seen } = preprocess(formulaPicture(...source, 5), settings, input, input);
      assert.deepEqual([seen.width, seen.height], [input, input]);
      assert.equal(createHash('sha256').update(seen.rgb).digest('hex'), sha256);
    });
  }

  it('crops a warped picture at the middle, rounded down', () => {
    const picture = formulaPicture(256, 256, 1);
    const { seen } = preprocess(picture, caffeImageNet, 227, 227);
    const at = 3 * (14 * 256 + 14);
    assert.deepEqual(seen.rgb.subarray(0, 3), picture.rgb.subarray(at, at + 3));
  });

  it('stretches to inputs that are not square', () => {
    const { seen, tensor } = preprocess(formulaPicture(31, 17, 1), stretchToUnit, 12, 20);
    assert.deepEqual([seen.width, seen.height, tensor.length], [20, 12, 720]);
  });

  it('leaves a picture of the input size untouched when it stretches', () => {
    const picture = formulaPicture(20, 12, 1);
    assert.deepEqual(preprocess(picture, stretchToUnit, 12, 20).seen.rgb, picture.rgb);
  });

  it('puts blue first for BGR', () => {
    const picture = { width: 1, height: 1, rgb: Uint8Array.of(10, 20, 30) };
    const settings: Preprocess = { ...stretchToUnit, order: 'BGR', scale: 1, mean: [1, 2, 3] };
    assert.deepEqual([...preprocess(picture, settings, 1, 1).tensor], [29, 18, 7]);
  });

  const unsound: readonly (readonly [string, unknown, RegExp])[] = [
    ['no object', null, /the preprocessing must be an object, not null/],
    ['no fit', { ...stretchToUnit, fit: undefined }, /fit must be an object, not undefined/],
    ['an unknown fit', { ...stretchToUnit, fit: { mode: 'pad' } }, /fit\.mode .* not 'pad'/],
    [
      'a crop of 0',
      { ...stretchToUnit, fit: { mode: 'crop', shortSide: 0 } },
      /shortSide .* not 0$/,
    ],
    ['a crop of 256.5', { ...stretchToUnit, fit: { mode: 'crop', shortSide: 256.5 } }, /256\.5/],
    [
      'a warp of 4097',
      { ...stretchToUnit, fit: { mode: 'warp', size: 4097 } },
      /fit\.size .* 4097/,
    ],
    ['a text as size', { ...stretchToUnit, fit: { mode: 'warp', size: '256' } }, /not '256'/],
    [
      'an unknown filter',
      { ...stretchToUnit, filter: 'lanczos' },
      /filter must be .* not 'lanczos'/,
    ],
    ['an inherited name as filter', { ...stretchToUnit, filter: 'toString' }, /'toString'/],
    [
      'an unknown order',
      { ...stretchToUnit, order: 'GBR' },
      /order must be 'RGB' or 'BGR', not 'GBR'/,
    ],
    ['a scale of NaN', { ...stretchToUnit, scale: NaN }, /scale must be a finite number, not NaN/],
    ['an endless mean', { ...stretchToUnit, mean: [0, Infinity, 0] }, /mean .* not Infinity/],
    ['two means', { ...stretchToUnit, mean: [0, 0] }, /mean must be three numbers/],
    ['four means', { ...stretchToUnit, mean: [0, 0, 0, 0] }, /mean must be three numbers/],
    ['a std of 0', { ...stretchToUnit, std: [1, 0, 1] }, /std must be free of zeros/],
    ['a std that is no list', { ...stretchToUnit, std: 1 }, /std must be three numbers, not 1/],
  ];
  for (const [name, settings, message] of unsound) {
    it(`refuses ${name} and says the value`, () => {
      assert.throws(
        () => preprocess(formulaPicture(4, 4, 1), settings as Preprocess, 4, 4),
        (error) => error instanceof PreprocessError && message.test(error.message),
      );
    });
  }

  for (const fit of [
    { mode: 'crop', shortSide: 200 },
    { mode: 'warp', size: 200 },
  ] as const) {
    it(`refuses to ${fit.mode} to less than the network's input`, () => {
      assert.throws(
        () => preprocess(formulaPicture(9, 9, 1), { ...stretchToUnit, fit }, 224, 224),
        /scaled to 200 pixels, less than the network's 224 x 224/,
      );
    });
  }

  it('refuses an input size that is not whole', () => {
    assert.throws(
      () => preprocess(formulaPicture(9, 9, 1), stretchToUnit, 2.5, 4),
      PreprocessError,
    );
  });
});
