import { strict as assert } from 'node:assert';
import { packArrays } from '../../../src/extension/panel/packArrays';

describe('the arrays of a message', () => {
  it('lie in one buffer, whatever their number and kinds, and the rest is as it was', () => {
    const pool = new Uint8Array([9, 9, 1, 2, 3, 9]);
    const message = {
      method: 'update',
      params: {
        layers: Array.from({ length: 300 }, (_, at) => ({
          name: `l${at}`,
          mean: Float32Array.of(at, -at, 0.5),
        })),
        seen: pool.subarray(2, 5),
        of: Buffer.from([7, 8]),
        wide: Float64Array.of(1e300),
        nothing: null,
        left: undefined,
      },
    };
    const packed = packArrays(message);
    assert.deepEqual(packed.params.layers, message.params.layers);
    assert.deepEqual([...packed.params.seen], [1, 2, 3]);
    assert.deepEqual([...packed.params.of], [7, 8]);
    assert.deepEqual(packed.params.wide, message.params.wide);
    assert.deepEqual(
      [packed.method, packed.params.nothing, packed.params.left],
      ['update', null, undefined],
    );
    const { layers, seen, of, wide } = packed.params;
    const buffers = new Set(
      [...layers.map(({ mean }) => mean), seen, of, wide].map(({ buffer }) => buffer),
    );
    assert.equal(buffers.size, 1);
    assert.deepEqual([...pool], [9, 9, 1, 2, 3, 9]);
  });

  it('that is there twice is there once in the buffer', () => {
    const values = Float32Array.of(1, 2);
    const { mean, strongest } = packArrays({ mean: values, strongest: values });
    assert.equal(mean, strongest);
  });

  it('alone is sent as it is', () => {
    const message = { values: Float32Array.of(1) };
    assert.equal(packArrays(message), message);
  });
});
