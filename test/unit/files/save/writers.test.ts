import { strict as assert } from 'node:assert';
import { type AlexNetId, alexNetIds, alexNets } from '../../../../src/library/alexNets';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { elementCount } from '../../../../src/network/tensor/shape';
import { fileSource } from '../../../../src/files/bytes/byteSource';
import { npz } from '../../../../src/files/formats/npz';
import { safetensors } from '../../../../src/files/formats/safetensors';
import { tfjsModel } from '../../../../src/files/formats/tfjsModel';
import {
  kernelToHwio,
  denseAfterChannelsFirst,
  denseToInOut,
} from '../../../../src/files/tensors/layouts';
import { besideFile } from '../../../../src/files/bytes/openBeside';
import { movedAxes } from '../../../../src/files/save/movedAxes';
import { PartFolder } from '../../../../src/files/save/partFolder';
import { kerasWeights, safetensorsWeights } from '../../../../src/files/save/savedNames';
import type { WeightToSave, WriteWeights } from '../../../../src/files/save/weightToSave';
import { writeNpz } from '../../../../src/files/save/writeNpz';
import { writeSafetensors } from '../../../../src/files/save/writeSafetensors';
import { writeTfjs } from '../../../../src/files/save/writeTfjs';
import { contents } from '../../../support/weightFixtures';

const counting = (size: number): Float32Array =>
  Float32Array.from({ length: size }, (_, i) => i / 3);

const weight = (name: string, ...shape: number[]): WeightToSave => ({
  name,
  shape,
  values: () => Promise.resolve(counting(elementCount(shape))),
});

/** Odd lengths, a single number, a name as long as they come, more than one shard. */
const weights = [
  weight('conv1/kernel', 3, 3, 2, 5),
  weight('conv1/bias', 5),
  weight('one/bias', 1),
  weight(`${'a'.repeat(100)}/kernel`, 7, 3),
  weight('fc6/kernel', 1025, 1030),
  weight('fc6/bias', 1030),
];

const formats = [
  { format: safetensors, write: writeSafetensors, name: 'weights.safetensors' },
  { format: npz, write: writeNpz, name: 'weights.npz' },
  { format: tfjsModel, write: writeTfjs, name: 'model.json' },
];

describe('weights that are saved', () => {
  let place: string;
  beforeEach(async () => (place = await mkdtemp(join(tmpdir(), 'alexnet-save-'))));
  afterEach(() => rm(place, { recursive: true }));

  async function save(
    write: WriteWeights,
    name: string,
    documentId: AlexNetId,
    list: readonly WeightToSave[] = weights,
  ): Promise<string> {
    const path = join(place, name);
    const folder = await PartFolder.create(join(place, '.part'), new AbortController().signal);
    await write(list, {
      folder,
      name: basename(path),
      path,
      documentId,
      network: alexNets[documentId].network,
    });
    await folder.moveTo(place);
    await folder.remove();
    return path;
  }

  for (const { format, write, name } of formats) {
    it(`are read back equal: ${format.name}`, async () => {
      const path = await save(write, name, 'caffenet');
      const source = await fileSource(path);
      assert.equal(await format.recognises(source), true);
      const file = await format.open(source, besideFile(path));
      const wanted = weights.map(({ name: called, shape }) => [
        called,
        shape,
        [...counting(elementCount(shape))],
      ]);
      assert.deepEqual(await contents(file), wanted);
      if (format !== npz) assert.equal(file.savedFor, 'caffenet');
      await file.close?.();
      await source.close();
    });
  }

  it('as TensorFlow.js take the place of those before, shard by shard, and of nothing else', async () => {
    await save(writeTfjs, 'model.json', 'keras');
    const first = await readdir(place);
    assert.equal(first.length, 3);
    await writeFile(join(place, 'model-00000000-shard1.bin'), 'not its own');
    await writeFile(join(place, 'other.json'), '{}');
    await save(writeTfjs, 'model.json', 'keras');
    const second = await readdir(place);
    assert.equal(second.length, 5);
    assert.deepEqual(
      second.filter((file) => first.includes(file)),
      ['model.json'],
    );
  });

  it('as TensorFlow.js stand beside a model.json that is none', async () => {
    for (const text of ['', '{"weightsManifest":[{"paths":["../x"],"weights":[]}]}', '[1]']) {
      await writeFile(join(place, 'model.json'), text);
      const path = await save(writeTfjs, 'model.json', 'keras', weights.slice(0, 1));
      const { weightsManifest } = JSON.parse(await readFile(path, 'utf8')) as {
        weightsManifest: { paths: string[] }[];
      };
      assert.equal(weightsManifest[0]!.paths.length, 1);
    }
  });
});

describe("PyTorch's names and layout", () => {
  it('name every weight of torchvision once, as a state_dict does', () => {
    const found = safetensorsWeights(alexNets.torchvision, () => Promise.reject(new Error('none')));
    assert.deepEqual(
      found.map(({ name, shape }) => `${name} ${shape.join('x')}`).filter((_, i) => i % 2 === 0),
      [
        'features.0.weight 64x3x11x11',
        'features.3.weight 192x64x5x5',
        'features.6.weight 384x192x3x3',
        'features.8.weight 256x384x3x3',
        'features.10.weight 256x256x3x3',
        'classifier.1.weight 4096x9216',
        'classifier.4.weight 4096x4096',
        'classifier.6.weight 1000x4096',
      ],
    );
  });

  it('every other variant has a name for each weight, and shapes as they are', () => {
    for (const id of alexNetIds) {
      const specs = alexNets[id].network.layers.flatMap((layer) => layer.weights);
      const none = (): Promise<never> => Promise.reject(new Error('none'));
      for (const list of [
        kerasWeights(alexNets[id], none),
        safetensorsWeights(alexNets[id], none),
      ]) {
        assert.equal(new Set(list.map(({ name }) => name)).size, specs.length);
      }
    }
  });

  const cases = [
    {
      what: 'a kernel',
      shape: [7, 3, 5, 2],
      cells: 10,
      channels: 3,
      place: kernelToHwio([7, 3, 5, 2]),
    },
    {
      what: 'a kernel of one cell',
      shape: [33, 4, 1, 1],
      cells: 1,
      channels: 4,
      place: kernelToHwio([33, 4, 1, 1]),
    },
    { what: 'a dense layer', shape: [17, 9], cells: 1, channels: 9, place: denseToInOut([17, 9]) },
    {
      what: 'the dense layer behind a map',
      shape: [16, 24],
      cells: 6,
      channels: 4,
      place: denseAfterChannelsFirst([16, 24], [2, 3, 4]),
    },
  ];
  for (const { what, shape, cells, channels, place } of cases) {
    it(`come back from what reading made of them: ${what}`, () => {
      const file = counting(elementCount(shape));
      const own = new Float32Array(file.length);
      place(own, file, 0);
      assert.deepEqual(movedAxes(own, [cells, channels, shape[0]!], [2, 1, 0]), file);
    });
  }

  for (const axes of [
    [2, 3, 0, 1],
    [0, 1, 3, 2],
    [3, 2, 0, 1],
    [1, 0, 2, 3],
    [0, 1, 2, 3],
  ]) {
    it(`are moved as their axes are: ${axes.join(', ')}`, () => {
      const shape = [2, 3, 5, 37];
      const sizes = axes.map((axis) => shape[axis]!);
      const values = Float32Array.from({ length: elementCount(shape) }, (_, index) => index);
      const moved = movedAxes(values, shape, axes);
      moved.forEach((value, index) => {
        const place = sizes.map(
          (size, at) => Math.floor(index / elementCount(sizes.slice(at + 1))) % size,
        );
        const from = shape.map((_, axis) => place[axes.indexOf(axis)]!);
        assert.equal(
          value,
          from.reduce((sum, at, axis) => sum * shape[axis]! + at, 0),
        );
      });
    });
  }
});
