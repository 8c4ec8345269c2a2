import { strict as assert } from 'node:assert';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openSource } from '../../../src/engine/model/openSource';
import { openTensors } from '../../../src/files/openTensors';
import { contents, type HostileFile } from '../../support/weightFixtures';
import { assertRefused } from '../../support/weightFixtures';
import { shardIndex } from '../../../src/files/formats/shardIndex';
import { besideFile } from '../../../src/files/bytes/openBeside';
import { dict, pickle, tensor, text } from '../../support/pickleBytes';
import { torchZip } from '../../support/torchFiles';
import { writeSafetensors } from '../../support/writeSafetensors';

const shard = (at: number, ending: string): string => `model-0000${at}-of-00002${ending}`;
const indexOf = (places: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ metadata: { total_size: 40 }, weight_map: places });

describe('a set of files', () => {
  let folder: string;

  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'alexnet-shards-'))));
  afterEach(() => rm(folder, { recursive: true }));

  const at = (name: string): string => join(folder, name);
  /** Two tensors of two values in each of two files, and their index. */
  const writeSet = async (below = ''): Promise<void> => {
    const places: Record<string, string> = {};
    for (const [number, names] of [
      [1, ['a.bias', 'a.weight']],
      [2, ['b.bias', 'b.weight']],
    ] as const) {
      const file = below + shard(number, '.safetensors');
      await mkdir(dirname(at(file)), { recursive: true });
      const tensors = names.map((name, i) => {
        places[name] = file;
        return { name, shape: [2], values: Float32Array.of(number, i) };
      });
      await writeSafetensors(at(file), tensors);
    }
    await writeFile(at('model.safetensors.index.json'), indexOf(places));
  };
  const open = async (name: string) => {
    const { bytes, beside } = await openSource({ path: at(name) });
    try {
      const file = await openTensors(bytes, beside);
      const all = await contents(file);
      await file.close?.();
      return all;
    } finally {
      await bytes.close();
    }
  };
  const whole = [
    ['a.bias', [2], [1, 0]],
    ['a.weight', [2], [1, 1]],
    ['b.bias', [2], [2, 0]],
    ['b.weight', [2], [2, 1]],
  ];

  for (const name of [
    'model.safetensors.index.json',
    shard(1, '.safetensors'),
    shard(2, '.safetensors'),
  ])
    it(`opens by ${name}`, async () => {
      await writeSet();
      assert.deepEqual(await open(name), whole);
    });

  it('opens from a folder below its index', async () => {
    await writeSet('parts/');
    assert.deepEqual(await open('model.safetensors.index.json'), whole);
  });

  it('opens by a variant’s shard, whose index has another name', async () => {
    await writeSet();
    const index = at('model.safetensors.index.json');
    const said = (await readFile(index, 'utf8')).replaceAll('model-', 'model.fp16-');
    await writeFile(at('model.safetensors.index.fp16.json'), said);
    await rm(index);
    for (const number of [1, 2]) {
      const name = shard(number, '.safetensors');
      await rename(at(name), at(name.replace('model-', 'model.fp16-')));
    }
    assert.deepEqual(await open('model.fp16-00002-of-00002.safetensors'), whole);
  });

  it('of PyTorch keeps names whose beginning a whole shard shares', async () => {
    const places: Record<string, string> = {};
    for (const [number, module] of [
      [1, 'features.0'],
      [2, 'classifier.6'],
    ] as const) {
      const names = [`${module}.weight`, `${module}.bias`];
      for (const name of names) places[name] = shard(number, '.bin');
      const root = dict(...names.flatMap((name) => [text(name), tensor()]));
      await writeFile(at(shard(number, '.bin')), torchZip(pickle(root)));
    }
    await writeFile(at('model.bin.index.json'), indexOf(places));
    assert.deepEqual(
      (await open(shard(2, '.bin'))).map(([name]) => name),
      ['features.0.weight', 'features.0.bias', 'classifier.6.weight', 'classifier.6.bias'],
    );
  });

  it('names the file that is missing, be it a shard or the index', async () => {
    await writeSet();
    await rm(at(shard(2, '.safetensors')));
    await assert.rejects(
      open(shard(1, '.safetensors')),
      /needs the file "model-00002-of-00002\.safetensors" beside it: could not be opened \(ENOENT\)/,
    );
    await rm(at('model.safetensors.index.json'));
    await assert.rejects(
      open(shard(1, '.safetensors')),
      /is one of 2 shards: needs the file "model\.safetensors\.index\.json" beside it/,
    );
  });

  it('is left to the shard’s own index where another is of its name', async () => {
    await writeSet();
    await writeFile(at('model.safetensors.index.json'), indexOf({ a: 'other.safetensors' }));
    await assert.rejects(open(shard(1, '.safetensors')), /is one of 2 shards/);
  });

  it('of one file needs no index', async () => {
    const name = 'model-00001-of-00001.safetensors';
    await writeSafetensors(at(name), [{ name: 'a', shape: [1], values: Float32Array.of(5) }]);
    assert.deepEqual(await open(name), [['a', [1], [5]]]);
  });
});

const disk = besideFile('/nowhere/model.safetensors.index.json');
const named =
  (file: unknown): (() => Buffer) =>
  () =>
    Buffer.from(indexOf({ a: file }));

const emptySource = {
  size: 2,
  read: () => Promise.resolve(Uint8Array.from(Buffer.from('{}'))),
  close: () => Promise.resolve(),
};

const hostile: readonly HostileFile[] = [
  ...['../w.bin', 'a/../../w.bin', '/etc/passwd', 'C:w.bin', 'a\\w.bin', '.', ''].map((path) => ({
    why: `a shard ${path}`,
    bytes: named(path),
    message: /names the file ".*", which is not in its folder or below it/,
    beside: disk,
  })),
  { why: 'a shard that is a number', bytes: named(3), message: /names no file for "a"/ },
  { why: 'no tensors', bytes: () => Buffer.from(indexOf({})), message: /names no tensors/ },
  {
    why: 'a thousand files',
    bytes: () =>
      Buffer.from(indexOf(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [i, `${i}`])))),
    message: /names 1000 files, at most 256 are read/,
  },
  {
    why: 'itself',
    bytes: named('model.safetensors.index.json'),
    message: /is neither a safetensors file nor one of PyTorch/,
    beside: () => Promise.resolve(emptySource),
  },
];
describe('an index of shards is refused for', () => {
  for (const file of hostile) it(file.why, () => assertRefused(shardIndex, file));
});
