import { strict as assert } from 'node:assert';
import {
  activation,
  averagePool2d,
  concatenate,
  conv2d,
  depthwiseConv2d,
  globalAveragePool2d,
  input,
  maxPool2d,
  merge,
  zeroPadding2d,
  type TensorHandle,
} from '../../../src/network/functional';
import type { Layer } from '../../../src/network/layers/layer';
import { settingWords, windowAlong } from '../../../src/network/layers/layerRules';

describe('the window of a layer along an axis', () => {
  const along = (layer: Layer): unknown =>
    ([0, 1] as const).map((axis) => {
      const window = windowAlong(layer, layer.inputShapes[0]?.[axis] ?? 1, axis);
      return (
        window && [window.size, window.stride, window.dilation, window.padBefore, window.cells]
      );
    });
  const map = (): TensorHandle => input([9, 12, 4]);

  it('differs by axis as its settings do', () => {
    const options = { name: 'c', strides: [2, 3], dilation: [1, 2], padding: 'same' } as const;
    assert.deepEqual(along(conv2d(4, [3, 5], options)(map()).layer), [
      [3, 2, 1, 1, 5],
      [5, 3, 2, 3, 4],
    ]);
    assert.deepEqual(
      along(maxPool2d([2, 5], { name: 'p', strides: [2, 4], ceil: true })(map()).layer),
      [
        [2, 2, 1, 0, 5],
        [5, 4, 1, 0, 3],
      ],
    );
  });

  it('is a cell of the map beside zeros where it pads, all where it is global, none elsewhere', () => {
    const pads = [
      [2, 0],
      [1, 3],
    ] as const;
    assert.deepEqual(along(zeroPadding2d(pads, { name: 'z' })(map()).layer), [
      [1, 1, 1, 2, 11],
      [1, 1, 1, 1, 16],
    ]);
    assert.deepEqual(along(globalAveragePool2d({ name: 'g' })(map()).layer), [
      [9, 1, 1, 0, 1],
      [12, 1, 1, 0, 1],
    ]);
    const x = map();
    for (const { layer } of [
      activation('silu', { name: 'a' })(x),
      merge('add', { name: 'm' })(x, x),
      concatenate({ name: 'j' })(x, x),
    ]) {
      assert.deepEqual(along(layer), [undefined, undefined]);
    }
  });
});

describe('the settings of a layer in words', () => {
  const words = ({ layer }: TensorHandle): Readonly<Record<string, string>> =>
    Object.fromEntries(settingWords(layer).map(({ term, value }) => [term, value]));
  const map = (): TensorHandle => input([9, 12, 4]);

  it('say each axis where they differ', () => {
    assert.deepEqual(
      words(
        conv2d(4, [3, 5], { name: 'c', strides: [2, 3], dilation: [1, 2], padding: 'same' })(map()),
      ),
      {
        Kernel: '3 × 5, stride 2 × 3, dilation 1 × 2',
        Padding: 'same (1 above, 1 below, 3 left, 3 right)',
        Groups: '1',
      },
    );
    assert.deepEqual(words(depthwiseConv2d(3, { name: 'd', padding: 1, useBias: false })(map())), {
      Kernel: '3 × 3, stride 1',
      Padding: '1 on every side',
      Groups: '4: each filter sees one channel',
      Bias: 'none',
    });
    assert.deepEqual(words(averagePool2d(3, { name: 'a', strides: 2, ceil: true })(map())), {
      Window: '3 × 3, stride 2',
      Padding: 'valid (0 above, 0 below, 0 left, 1 right), size rounded up',
      Mean: 'without the padding',
    });
  });
});
