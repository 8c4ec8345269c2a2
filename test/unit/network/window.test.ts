import { strict as assert } from 'node:assert';
import { slideWindow, type Slide } from '../../../src/network/tensor/window';

const cases: readonly {
  input: number;
  size: number;
  stride: number;
  padding: Slide['padding'];
  ceil?: boolean;
  expected: [output: number, before: number, after: number];
  why: string;
}[] = [
  { input: 224, size: 11, stride: 4, padding: 'same', expected: [56, 3, 4], why: "Keras' conv1" },
  {
    input: 227,
    size: 11,
    stride: 4,
    padding: 'valid',
    expected: [55, 0, 0],
    why: "the paper's conv1",
  },
  {
    input: 224,
    size: 11,
    stride: 4,
    padding: [2, 2],
    expected: [55, 2, 2],
    why: "torchvision's conv1",
  },
  { input: 27, size: 5, stride: 1, padding: 'same', expected: [27, 2, 2], why: 'conv2' },
  { input: 55, size: 3, stride: 2, padding: 'valid', expected: [27, 0, 0], why: 'pool1' },
  {
    input: 55,
    size: 3,
    stride: 2,
    padding: 'valid',
    ceil: true,
    expected: [27, 0, 0],
    why: 'pool1 rounding up agrees',
  },
  { input: 12, size: 3, stride: 2, padding: 'valid', expected: [5, 0, 0], why: 'rounding down' },
  {
    input: 12,
    size: 3,
    stride: 2,
    padding: 'valid',
    ceil: true,
    expected: [6, 0, 1],
    why: 'rounding up',
  },
  {
    input: 6,
    size: 2,
    stride: 3,
    padding: [1, 1],
    ceil: true,
    expected: [3, 1, 1],
    why: 'rounding up within the padding',
  },
  {
    input: 4,
    size: 2,
    stride: 3,
    padding: [1, 1],
    ceil: true,
    expected: [2, 1, 1],
    why: 'a window that would start in the padding is dropped',
  },
  { input: 1, size: 1, stride: 1, padding: 'valid', expected: [1, 0, 0], why: 'one cell' },
  {
    input: 2,
    size: 1,
    stride: 3,
    padding: 'same',
    expected: [1, 0, 0],
    why: 'a stride beyond the input',
  },
];

/** As the same zeros on both sides are written. */
function words(padding: Slide['padding']): string {
  return String(typeof padding === 'string' ? padding : padding[0]);
}

describe('slideWindow places a window over an axis', () => {
  for (const { expected, why, input, ...settings } of cases) {
    it(`${why}: ${settings.size} every ${settings.stride} over ${input}, padding ${words(settings.padding)}`, () => {
      const { cells, padBefore, padAfter } = slideWindow(input, settings);
      assert.deepEqual([cells, padBefore, padAfter], expected);
    });
  }

  it('refuses a window larger than the padded input, with the numbers', () => {
    assert.throws(
      () => slideWindow(3, { size: 6, stride: 1, padding: [1, 1] }),
      /window 6 does not fit input 3 \+ 2 · 1/,
    );
  });
});
