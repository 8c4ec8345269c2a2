import assert from 'node:assert/strict';
import { inputChannels } from '../../../src/engine/run/pictureViews';

describe('the channels of an input', () => {
  it('have their own statistics and one common scale of grey', () => {
    const channels = inputChannels(Float32Array.of(0, -1, 3, 1, 1, 3, 0.5, 0, 3, 0.5, 2, 3), 3);
    assert.deepEqual(
      channels.map(({ min, mean, max }) => [min, mean, max]),
      [
        [0, 0.5, 1],
        [-1, 0.5, 2],
        [3, 3, 3],
      ],
    );
    assert.deepEqual(
      channels.map(({ grey }) => [...grey]),
      [
        [64, 128, 96, 96],
        [0, 128, 64, 191],
        [255, 255, 255, 255],
      ],
    );
  });

  it('sum in double precision', () => {
    const tensor = new Float32Array(3 * 227 * 227).fill(Math.fround(0.1));
    assert.ok(Math.abs(inputChannels(tensor, 3)[0]!.mean - Math.fround(0.1)) < 1e-15);
  });

  it('are black where all values are the same', () => {
    assert.deepEqual([...inputChannels(new Float32Array(6).fill(7), 3)[2]!.grey], [0, 0]);
  });
});
