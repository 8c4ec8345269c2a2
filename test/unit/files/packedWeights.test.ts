import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesSource } from '../../../src/files/bytes/byteSource';
import type { NetworkWeights } from '../../../src/files/matching/networkWeights';
import { openPackedWeights } from '../../../src/files/packed/packedWeights';
import { packWeights } from '../../../src/files/packed/packWeights';
import { randomLayerWeights, randomWeights } from '../../../src/files/randomWeights';
import { catalogue } from '../../../src/library/catalogue';
import { keras } from '../../../src/library/keras';
import {
  batchNormalization,
  conv2d,
  dense,
  flatten,
  input,
  model,
} from '../../../src/network/functional';
import type { Network } from '../../../src/network/network';

const image = input([6, 6, 3]);
const network = model(
  image,
  dense(20, { name: 'classes' })(
    dense(30, { name: 'hidden' })(
      flatten({ name: 'flat' })(
        batchNormalization({ name: 'bn' })(conv2d(8, 3, { name: 'conv' })(image)),
      ),
    ),
  ),
);
const packing = { documentId: 'small', seed: 5, classes: [3, 17] };

/** Random weights of the seed, of which a training changed some layers. */
function learned(): Map<string, Float32Array> {
  const weights = new Map(randomWeights(network, packing.seed));
  for (const [name, values] of randomWeights(network, 99))
    if (/^(conv|classes)\./.test(name))
      weights.set(
        name,
        values.map((value, index) => value + index / 1e3),
      );
  weights.set(
    'bn.moving_mean',
    Float32Array.from({ length: 8 }, (_, index) => index / 3),
  );
  return weights;
}

async function unpacked(bytes: Uint8Array, of: Network = network): Promise<NetworkWeights> {
  const packed = await openPackedWeights(bytesSource(bytes));
  const layers = await Promise.all(of.layers.map((layer) => packed.layer(of, layer)));
  return new Map(layers.flatMap((layer) => [...layer]));
}

describe('packed weights', () => {
  it('are what was packed: kernels within half a step of each filter, the rest to the last bit', async () => {
    const weights = learned();
    const back = await unpacked(packWeights(network, weights, packing));
    assert.deepEqual([...back.keys()].sort(), [...weights.keys()].sort());
    for (const name of ['conv.bias', 'bn.gamma', 'bn.moving_mean', 'bn.moving_variance'])
      assert.deepEqual(back.get(name), weights.get(name), name);
    const [kernel, packed] = [weights.get('conv.kernel')!, back.get('conv.kernel')!];
    for (let filter = 0; filter < 8; filter++) {
      const own = (of: Float32Array): number[] =>
        [...of].filter((_, index) => index % 8 === filter);
      const [before, after] = [own(kernel), own(packed)];
      const largest = Math.max(...before.map(Math.abs));
      const error = before.map((value, index) => Math.abs(value - after[index]!));
      assert.ok(Math.max(...error) <= largest / 127, `filter ${filter}: ${Math.max(...error)}`);
      const levels = new Set(
        after.map((value) => Math.round((127 * value) / Math.max(...after.map(Math.abs)))),
      );
      assert.ok(levels.size > 20, `filter ${filter} has ${levels.size} levels`);
    }
  });

  it('keep nothing of layers that never learned, which come from the seed', async () => {
    const weights = learned();
    const bytes = packWeights(network, weights, packing);
    const hidden = network.layers.find(({ name }) => name === 'hidden')!;
    const back = await unpacked(bytes);
    for (const [name, values] of randomLayerWeights(hidden, packing.seed))
      assert.deepEqual(back.get(name), values);
    assert.equal(bytes.includes('hidden.kernel'), false);
  });

  it('give the classes that were not trained a logit that makes them impossible', async () => {
    const weights = learned();
    const back = await unpacked(packWeights(network, weights, packing));
    const [kernel, bias] = [back.get('classes.kernel')!, back.get('classes.bias')!];
    for (let index = 0; index < 20; index++) {
      const column = kernel.filter((_, at) => at % 20 === index);
      if (packing.classes.includes(index)) {
        assert.equal(bias[index], weights.get('classes.bias')![index]);
        assert.ok(column.some((value) => value !== 0));
      } else {
        assert.equal(Math.fround(Math.exp(bias[index]!)), Math.fround(Math.exp(-100)));
        assert.ok(column.every((value) => value === 0));
      }
    }
  });

  it('are refused where the file or the classes are not what they should be', async () => {
    const weights = learned();
    assert.throws(
      () => packWeights(network, weights, { ...packing, classes: [20] }),
      /no output 20/,
    );
    weights.delete('bn.gamma');
    assert.throws(() => packWeights(network, weights, packing), /no bn.gamma/);
    const good = packWeights(network, learned(), packing);
    const changed = (from: string, to: string): Buffer =>
      Buffer.from(good.toString('latin1').replace(from, to), 'latin1');
    for (const [from, to, why] of [
      ['packing', 'packinG', /how its weights are packed/],
      ['\\"classes\\":[3,17]', '\\"classes\\":[3,-7]', /how its weights are packed/],
      ['\\"classes\\":[3,17]', '\\"classes\\":[3,97]', /no output 97/],
      ['conv.kernel.step', 'conv.kernel.stop', /no conv.kernel.step of \[8\]/],
      ['"shape":[3,3,3,8]', '"shape":[3,3,8,3]', /no conv.kernel of \[3, 3, 3, 8\]/],
      ['"I8"', '"U8"', /type "U8"/],
    ] as const) {
      await assert.rejects(unpacked(changed(from, to)), why);
    }
    await assert.rejects(unpacked(good.subarray(0, good.length - 1)), /the file has/);
  });

  it('that ship are the files that the catalogue says, small, and for its classes', async () => {
    const entries = catalogue.filter(({ shipped }) => shipped !== undefined);
    assert.deepEqual(
      entries.map(({ documentId }) => documentId),
      ['keras'],
    );
    for (const { shipped = '', bytes, checksum, classes, documentId } of entries) {
      const file = await readFile(join('weights', shipped));
      assert.equal(file.length, bytes);
      assert.ok(bytes <= 5e6, `${bytes} bytes`);
      assert.equal(checksum.kind, 'sha256');
      assert.equal(createHash('sha256').update(file).digest('hex'), checksum.hex);
      const packed = await openPackedWeights(bytesSource(file));
      assert.deepEqual([packed.documentId, packed.classes], [documentId, classes]);
      const back = await unpacked(file, keras.network);
      for (const [name, values] of back) assert.ok(values.every(Number.isFinite), name);
    }
  });
});
