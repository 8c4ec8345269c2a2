import { strict as assert } from 'node:assert';
import { kerasH5 } from '../../../src/files/formats/kerasH5';
import type { TensorInFile } from '../../../src/files/tensors/tensorFile';
import { readTensor } from '../../../src/files/tensors/tensorValues';
import { assertRefused, assertValues, fixtureBytes, openBytes } from '../../support/weightFixtures';

const opened = new Map<string, Promise<ReadonlyMap<string, TensorInFile>>>();

/** A file is opened once for all that is looked at in it. */
function datasets(file: string): Promise<ReadonlyMap<string, TensorInFile>> {
  const open = async (): Promise<ReadonlyMap<string, TensorInFile>> => {
    const { tensors } = await openBytes(kerasH5, await fixtureBytes(`chunks/${file}.h5`));
    return new Map(tensors.map((tensor) => [tensor.name, tensor]));
  };
  const found = opened.get(file) ?? open();
  opened.set(file, found);
  return found;
}

const few = [7, 5];
const many = [50, 60];
/** The datasets of makeChunks.py; which index finds their chunks is HDF5's choice. */
const shapes: Readonly<Record<string, readonly number[]>> = {
  few,
  many,
  kernel: [3, 3, 3, 4],
  one: few,
  'one-gzip': few,
  'one-larger': few,
  list: [9],
  early: few,
  compact: few,
  bounded: few,
  'endless-rows': many,
  'endless-rows-wide': few,
  'endless-columns': many,
  endless: few,
  'endless-many': many,
  'endless-many-gzip': many,
  gzip: few,
  shuffle: few,
  fletcher: few,
  all: few,
  lzf: [40, 50],
  'many-gzip': many,
  half: few,
  double: few,
  shrunk: [5, 4],
  grown: [8, 4],
  'inner/hard': few,
  'inner/soft': few,
  'inner/beside': few,
  'linked/hard': few,
  'linked/soft': few,
  'linked/beside': few,
  twice: few,
};

describe("HDF5's chunks and links", () => {
  for (const file of ['earliest', 'latest', 'latest-hdf5-2']) {
    it(`are found as h5py has them written, ${file}`, async () => {
      const found = await datasets(file);
      assert.deepEqual([...found.keys()].sort(), Object.keys(shapes).sort());
    });

    for (const [name, shape] of Object.entries(shapes))
      it(`${name}, ${file}`, async () => {
        const tensor = (await datasets(file)).get(name)!;
        assert.deepEqual(tensor.shape, shape);
        await assertValues(tensor, (i) => i * 0.5);
      });
  }

  it('hold what no filter made smaller', async () => {
    const found = await datasets('noise');
    const plain = await readTensor(found.get('plain')!);
    for (const name of ['lzf', 'gzip']) {
      assert.deepEqual(await readTensor(found.get(name)!), plain, name);
    }
  });
});

const hostile: readonly { file: string; message: RegExp }[] = [
  { file: 'bomb', message: /is no Deflate, or holds more than its shape/ },
  { file: 'short', message: /^fc\/kernel has a chunk of 1000 bytes, not 1024/ },
  { file: 'no-deflate', message: /is no Deflate/ },
  { file: 'no-lzf', message: /is no LZF/ },
  { file: 'checksum', message: /its checksum is another/ },
  { file: 'partly-earliest', message: /^fc\/kernel was never written/ },
  { file: 'partly-latest', message: /^fc\/kernel was never written/ },
  { file: 'wide-earliest', message: /^fc\/kernel has chunks of 2147483648 bytes; up to 268435456/ },
  { file: 'wide-latest', message: /^fc\/kernel has chunks of 2147483648 bytes; up to 268435456/ },
  { file: 'many-earliest', message: /^fc\/kernel has shape .* in 18014398509481984 chunks/ },
  { file: 'many-latest', message: /^fc\/kernel has shape .* in 18014398509481984 chunks/ },
  { file: 'dangling', message: /^fc\/kernel is missing/ },
  { file: 'circle', message: /^\/fc\/kernel is a link that has no end/ },
  { file: 'outside', message: /^\/elsewhere is a link to the file \/etc\/passwd/ },
  { file: 'twice', message: /^the file has two tensors called fc\/kernel/ },
  { file: 'ways', message: /^the groups nest without end/ },
];

describe("HDF5's chunks and links made to harm are refused", () => {
  for (const { file, message } of hostile) {
    it(file, async () => {
      const bytes = await fixtureBytes(`chunks/hostile-${file}.h5`);
      await assertRefused(kerasH5, { why: file, bytes: () => bytes, message });
    });
  }
});
