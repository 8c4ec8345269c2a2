import { strict as assert } from 'node:assert';
import {
  denseAfterChannelsFirst,
  denseToInOut,
  kernelToHwio,
  transpose,
} from '../../../src/weights/layouts';

/** Values that tell where they came from: the row-major index itself. */
const counting = (count: number): Float32Array => Float32Array.from({ length: count }, (_, i) => i);

describe('layouts', () => {
  it('a kernel [out, in, h, w] becomes [h, w, in, out]', () => {
    const [outputs, inputs, height, width] = [3, 2, 2, 4];
    const hwio = kernelToHwio(counting(outputs * inputs * height * width), [
      outputs,
      inputs,
      height,
      width,
    ]);
    for (let o = 0; o < outputs; o++)
      for (let i = 0; i < inputs; i++)
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++)
            assert.equal(
              hwio[((y * width + x) * inputs + i) * outputs + o],
              ((o * inputs + i) * height + y) * width + x,
            );
  });

  it('a dense kernel [out, in] becomes [in, out]', () => {
    assert.deepEqual(Array.from(denseToInOut(counting(6), [2, 3])), [0, 3, 1, 4, 2, 5]);
  });

  it('a dense kernel behind a map that was flattened channels first takes its inputs as h, w, c', () => {
    const [outputs, height, width, channels] = [2, 2, 3, 4];
    const inputs = height * width * channels;
    const moved = denseAfterChannelsFirst(
      counting(outputs * inputs),
      [outputs, inputs],
      [height, width, channels],
    );
    for (let o = 0; o < outputs; o++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          for (let c = 0; c < channels; c++)
            assert.equal(
              moved[((y * width + x) * channels + c) * outputs + o],
              o * inputs + (c * height + y) * width + x,
            );
  });

  it('leaves a list and an empty tensor as they are', () => {
    assert.deepEqual(transpose(counting(3), [3], [0]), counting(3));
    assert.deepEqual(transpose(counting(0), [0, 4], [1, 0]), counting(0));
  });
});
