import { strict as assert } from 'node:assert';
import {
  denseAfterChannelsFirst,
  denseRowsFromChannelsFirst,
  denseToInOut,
  kernelToHwio,
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

  it('the same for one that has its inputs first already', () => {
    const [outputs, height, width, channels] = [2, 2, 3, 4];
    const inputs = height * width * channels;
    const map = [height, width, channels] as const;
    const values = counting(outputs * inputs);
    assert.deepEqual(
      denseRowsFromChannelsFirst(denseToInOut(values, [outputs, inputs]), [inputs, outputs], map),
      denseAfterChannelsFirst(values, [outputs, inputs], map),
    );
  });

  it('sizes that fill no whole block of the transposition, and none at all', () => {
    const [rows, columns] = [67, 35];
    const moved = denseToInOut(counting(rows * columns), [rows, columns]);
    for (let i = 0; i < moved.length; i++)
      assert.equal(moved[i], (i % rows) * columns + Math.floor(i / rows));
    assert.deepEqual(denseToInOut(counting(0), [0, 4]), counting(0));
  });
});
