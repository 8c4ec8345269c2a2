import { strict as assert } from 'node:assert';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWeights } from '../../../src/engine/model/openWeights';
import { alexNets } from '../../../src/library/alexNets';
import { conv2d, dense, flatten, input, lrn, model } from '../../../src/network/functional';
import type { ModelDocument } from '../../../src/network/modelDocument';
import { writeSafetensors } from '../../support/writeSafetensors';

const picture = input([5, 4, 2]);

/** A document whose network only differs by a constant of its response norm, which has no weights. */
function documentOf(id: string, title: string, k: number): ModelDocument {
  const layers = [
    conv2d(4, 3, { name: 'conv1' }),
    lrn({ name: 'norm1', size: 5, k, alpha: 1e-4, beta: 0.75 }),
    flatten({ name: 'flatten' }),
    dense(3, { name: 'fc2' }),
  ];
  const network = model(
    picture,
    layers.reduce((x, layer) => layer(x), picture),
  );
  return { ...alexNets.bvlc, id, title, network };
}

const shapes = {
  'conv1.kernel': [3, 3, 2, 4],
  'conv1.bias': [4],
  'fc2.kernel': [24, 3],
  'fc2.bias': [3],
} as const;

async function fileOf(more: Readonly<Record<string, readonly number[]>> = {}): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'alexnet-weights-'));
  const tensors = Object.entries({ ...shapes, ...more }).map(([name, shape]) => {
    return { name, shape, values: new Float32Array(shape.reduce((a, b) => a * b, 1)) };
  });
  await writeSafetensors(join(folder, 'a.safetensors'), tensors);
  const bytes = await readFile(join(folder, 'a.safetensors'));
  await rm(folder, { recursive: true });
  return bytes;
}

describe('what is said of a file of weights', () => {
  const wanted: ModelDocument = {
    ...documentOf('other', 'Another', 1),
    network: alexNets.keras.network,
  };
  const [paper, caffe, more] = [
    documentOf('paper', 'The paper’s', 2),
    documentOf('caffe', 'Caffe’s', 1),
    documentOf('more', 'One more', 1),
  ];
  const remarks = async (
    bytes: Uint8Array,
    shown: ModelDocument,
    others: readonly ModelDocument[],
  ) => {
    const { info, close } = await openWeights({ kind: 'bytes', name: 'a', bytes }, shown, others);
    await close();
    return [info.documentId, ...(info.remarks ?? [])];
  };

  it('is what it fits as well, and it is not taken for a network of which no weights are known', async () => {
    assert.deepEqual(await remarks(await fileOf(), wanted, [paper, caffe, more]), [
      'caffe',
      'The file does not say how its network normalises: it is read for Caffe’s, and fits One more and The paper’s as well.',
    ]);
    assert.equal((await remarks(await fileOf(), paper, [caffe]))[0], 'paper');
  });

  it('is what was left out; nothing of a file that fits one network and is all there', async () => {
    const spare = await fileOf({ 'criterion.weight': [3] });
    assert.deepEqual(await remarks(spare, caffe, [wanted]), [
      'caffe',
      'Left out, as no layer has it: criterion.weight.',
    ]);
    assert.deepEqual(await remarks(await fileOf(), caffe, [wanted]), ['caffe']);
  });
});
