import { strict as assert } from 'node:assert';
import { pytorch } from '../../../src/files/formats/pytorch';
import { recogniseFormat } from '../../../src/files/formats/formats';
import type { TensorInFile } from '../../../src/files/tensors/tensorFile';
import { readTensor } from '../../../src/files/tensors/tensorValues';
import { weightsFixture } from '../../support/weightFixtures';
import { nothingBeside } from '../../../src/files/bytes/openBeside';

/** Value i of each array, in eighths. */
const counted = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => (i % 4096) / 8);

const arrays = [
  ['a.weight', [2, 3, 2, 2]],
  ['a.bias', [2]],
  ['b.weight', [3, 4]],
  ['b.bias', [3]],
  ['c.weight', [400, 800]],
] as const;

async function assertCounted(tensors: readonly TensorInFile[], prefix = ''): Promise<void> {
  assert.deepEqual(
    tensors.map(({ name, shape }) => [name, shape]),
    arrays.map(([name, shape]) => [prefix + name, shape]),
  );
  for (const tensor of tensors) {
    const values = await readTensor(tensor);
    assert.deepEqual([...values], counted(values.length), tensor.name);
  }
}

describe('a state_dict of NumPy arrays', () => {
  for (const way of ['zip', 'legacy', 'protocol-5'])
    it(`as torch.save writes it: ${way}`, async () => {
      const source = await weightsFixture(`torch-arrays-${way}.pth`);
      assert.equal((await recogniseFormat(source)).name, pytorch.name);
      const { tensors } = await pytorch.open(source, nothingBeside);
      await assertCounted(tensors);
    });

  for (const protocol of [2, 4])
    it(`as pickle alone writes it in protocol ${protocol}`, async () => {
      const source = await weightsFixture(`arrays-${protocol}.pkl`);
      const format = await recogniseFormat(source);
      assert.equal(format.name, 'a pickle of NumPy arrays');
      await assertCounted((await format.open(source, nothingBeside)).tensors, 'state_dict.');
    });
});
