import { strict as assert } from 'node:assert';
import { pytorch } from '../../../src/files/formats/pytorch';
import { recogniseFormat } from '../../../src/files/formats/formats';
import { readTensor } from '../../../src/files/tensors/tensorValues';
import { weightsFixture } from '../../support/weightFixtures';
import { nothingBeside } from '../../../src/files/bytes/openBeside';

/** Value i of each array, in eighths. */
const counted = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => (i % 4096) / 8);

describe('a state_dict of NumPy arrays', () => {
  for (const way of ['zip', 'legacy', 'protocol-5'])
    it(`as torch.save writes it: ${way}`, async () => {
      const source = await weightsFixture(`torch-arrays-${way}.pth`);
      assert.equal((await recogniseFormat(source)).name, pytorch.name);
      const { tensors } = await pytorch.open(source, nothingBeside);
      assert.deepEqual(
        tensors.map(({ name, shape }) => [name, shape]),
        [
          ['a.weight', [2, 3, 2, 2]],
          ['a.bias', [2]],
          ['b.weight', [3, 4]],
          ['b.bias', [3]],
          ['c.weight', [400, 800]],
        ],
      );
      for (const tensor of tensors) {
        const values = await readTensor(tensor);
        assert.deepEqual([...values], counted(values.length), tensor.name);
      }
    });
});
