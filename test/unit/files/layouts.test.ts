import { strict as assert } from 'node:assert';
import type { Placing } from '../../../src/files/tensors/layouts';
import {
  asTheyAre,
  denseAfterChannelsFirst,
  denseRowsFromChannelsFirst,
  denseToInOut,
  kernelToHwio,
} from '../../../src/files/tensors/layouts';

/** Values that tell where they came from: the row-major index itself. */
const counting = (count: number): Float32Array => Float32Array.from({ length: count }, (_, i) => i);

/** The result of all values, which come in pieces of this length. */
function placed(placing: Placing, values: Float32Array, pieceLength: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let first = 0; first < values.length; first += pieceLength)
    placing(result, values.subarray(first, first + pieceLength), first);
  return result;
}

/** Pieces within a row, across rows, of several rows, and all at once. */
const pieceLengths = [1, 7, 24, 50, 1e6];

for (const pieceLength of pieceLengths) {
  describe(`layouts, read in pieces of ${pieceLength}`, () => {
    it('values stay where they are', () => {
      assert.deepEqual(placed(asTheyAre, counting(99), pieceLength), counting(99));
    });

    it('a kernel [out, in, h, w] becomes [h, w, in, out]', () => {
      const [outputs, inputs, height, width] = [3, 2, 2, 4];
      const count = outputs * inputs * height * width;
      const placing = kernelToHwio([outputs, inputs, height, width]);
      const hwio = placed(placing, counting(count), pieceLength);
      for (let o = 0; o < outputs; o++)
        for (let i = 0; i < inputs; i++)
          for (let y = 0; y < height; y++)
            for (let x = 0; x < width; x++)
              assert.equal(
                hwio[((y * width + x) * inputs + i) * outputs + o],
                ((o * inputs + i) * height + y) * width + x,
              );
    });

    it('a dense kernel [out, in] becomes [in, out], also where no block is full', () => {
      const [rows, columns] = [67, 35];
      const moved = placed(denseToInOut([rows, columns]), counting(rows * columns), pieceLength);
      for (let i = 0; i < moved.length; i++)
        assert.equal(moved[i], (i % rows) * columns + Math.floor(i / rows));
    });

    it('a dense kernel behind a map that was flattened channels first takes its inputs as h, w, c', () => {
      const [outputs, height, width, channels] = [2, 2, 3, 4];
      const inputs = height * width * channels;
      const placing = denseAfterChannelsFirst([outputs, inputs], [height, width, channels]);
      const moved = placed(placing, counting(outputs * inputs), pieceLength);
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
      const turned = placed(denseToInOut([outputs, inputs]), values, 1e6);
      assert.deepEqual(
        placed(denseRowsFromChannelsFirst([inputs, outputs], map), turned, pieceLength),
        placed(denseAfterChannelsFirst([outputs, inputs], map), values, 1e6),
      );
    });
  });
}
