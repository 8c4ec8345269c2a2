import { strict as assert } from 'node:assert';
import { withWholeWeights } from '../../../src/files/tensors/reparametrised';
import type { TensorInFile } from '../../../src/files/tensors/tensorFile';
import { readTensor } from '../../../src/files/tensors/tensorValues';
import { WeightsError } from '../../../src/files/bytes/weightsError';

/** A tensor whose values come in pieces of `size`. */
function tensor(
  name: string,
  shape: readonly number[],
  values: readonly number[],
  size = values.length,
): TensorInFile {
  async function* pieces(): AsyncGenerator<Float32Array> {
    for (let at = 0; at < values.length; at += size) {
      await Promise.resolve();
      yield Float32Array.from(values.slice(at, at + size));
    }
  }
  return { name, shape, byteLength: 4 * values.length, pieces };
}

async function read(tensors: readonly TensorInFile[]): Promise<Record<string, number[]>> {
  const read: Record<string, number[]> = {};
  for (const each of withWholeWeights(tensors)) read[each.name] = [...(await readTensor(each))];
  return read;
}

describe('weights that PyTorch keeps in two tensors', () => {
  it('are weight times mask, whatever pieces they come in', async () => {
    const found = await read([
      tensor('fc.weight_orig', [2, 3], [1, 2, 3, 4, 5, 6], 4),
      tensor('fc.weight_mask', [2, 3], [1, 0, 1, 0, 1, 1], 5),
      tensor('fc.bias', [2], [7, 8]),
    ]);
    assert.deepEqual(found, { 'fc.weight': [1, 0, 3, 0, 5, 6], 'fc.bias': [7, 8] });
  });

  for (const [what, g, v] of [
    ['weight_norm', 'conv.weight_g', 'conv.weight_v'],
    [
      'its newer spelling',
      'conv.parametrizations.weight.original0',
      'conv.parametrizations.weight.original1',
    ],
  ] as const)
    it(`are length times direction by ${what}`, async () => {
      const found = await read([
        tensor(g, [2, 1, 1], [10, 3]),
        tensor(v, [2, 1, 2], [3, 4, 0, -2], 3),
      ]);
      assert.deepEqual(found, { 'conv.weight': [6, 8, 0, -3] });
    });

  it('stay as they are where one of the two is missing', async () => {
    const found = await read([tensor('fc.weight_orig', [2], [1, 2])]);
    assert.deepEqual(found, { 'fc.weight_orig': [1, 2] });
  });

  it('are refused where the two do not fit', () => {
    const one = tensor('fc.weight_orig', [2], [1, 2]);
    assert.throws(
      () => withWholeWeights([one, tensor('fc.weight_mask', [3], [1, 1, 1])]),
      WeightsError,
    );
    const lengths = tensor('fc.weight_g', [3], [1, 1, 1]);
    assert.throws(
      () => withWholeWeights([lengths, tensor('fc.weight_v', [2], [1, 2])]),
      WeightsError,
    );
  });
});
