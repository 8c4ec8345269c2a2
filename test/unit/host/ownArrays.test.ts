import { strict as assert } from 'node:assert';
import { ownArrays } from '../../../src/host/engine/engineProcess';

describe('ownArrays', () => {
  const whole = new Uint8Array(64).map((_, i) => i);

  it('gives every typed array in a message bytes of its own, with the same values', () => {
    const message = {
      type: 'result',
      value: {
        bytes: whole.subarray(3, 6),
        layers: [{ mean: new Float32Array(whole.buffer, 8, 2) }],
      },
      nothing: null,
      missing: undefined,
    };
    const own = ownArrays(message);
    assert.deepEqual(own, message);
    assert.equal(own.value.bytes.buffer.byteLength, 3);
    assert.equal(own.value.layers[0]!.mean.buffer.byteLength, 8);
  });

  it('copies nothing that owns its bytes already', () => {
    assert.equal(ownArrays(whole), whole);
  });
});
