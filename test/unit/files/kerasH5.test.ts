import { strict as assert } from 'node:assert';
import { elementCount } from '../../../src/network/tensor/shape';
import { bytesSource } from '../../../src/files/bytes/byteSource';
import { kerasH5 } from '../../../src/files/formats/kerasH5';
import type { TensorFile } from '../../../src/files/tensors/tensorFile';
import { checkTensor } from '../../../src/files/tensors/tensorValues';
import { WeightsError } from '../../../src/files/bytes/weightsError';
import { byClass, inLayerOrder, kerasPattern } from '../../support/kerasFiles';
import {
  assertRefused,
  assertMatches,
  assertRepeats,
  assertValues,
  fixtureBytes,
  openBytes,
} from '../../support/weightFixtures';

async function openFixture(name: string): Promise<TensorFile> {
  return openBytes(kerasH5, await fixtureBytes(name));
}

describe("Keras' .h5 files", () => {
  for (const [file, names] of [
    ['keras-legacy.h5', inLayerOrder],
    ['keras3.weights.h5', byClass],
  ] as const) {
    it(`${file} has the names, shapes and values that Keras wrote`, async () => {
      const opened = await openFixture(file);
      const { tensors } = opened;
      assert.deepEqual(
        tensors.map(({ name }) => name),
        names,
      );
      assertMatches(opened, 'keras', 'name');
      for (const tensor of tensors)
        await assertRepeats(tensor, kerasPattern(tensor.name, tensor.shape));
    });
  }
});

/** Names and shapes; the values count up by a half. */
const honest: readonly { file: string; what: string; tensors: Record<string, number[]> }[] = [
  {
    file: 'types.h5',
    what: "float16 and float64, Keras 2's names; no optimizer, no random state",
    tensors: { 'z/kernel': [2, 3], 'z/bias': [3], 'a/kernel': [3, 2], 'a/bias': [2] },
  },
  {
    file: 'split.h5',
    what: 'a list of layers split over two attributes',
    tensors: { 'one/kernel': [2, 2], 'two/kernel': [2, 2], 'three/kernel': [2, 2] },
  },
  {
    file: 'latest.h5',
    what: "HDF5's newest layout, many layers, no names but the classes'",
    tensors: Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => (i ? `dense_${i}` : 'dense')).flatMap((layer) => [
        [`${layer}/kernel`, [2, 2]],
        [`${layer}/bias`, [2]],
      ]),
    ),
  },
  { file: 'bfloat16.h5', what: 'bfloat16', tensors: { 'fc6/kernel': [2, 3] } },
  {
    file: 'keras-small.h5',
    what: 'a model in a model, with its optimizer',
    tensors: {
      'first/kernel': [3, 3, 3, 2],
      'first/bias': [2],
      'norm/gamma': [2],
      'norm/beta': [2],
      'norm/moving_mean': [2],
      'norm/moving_variance': [2],
      'dense/kernel': [72, 3],
      'dense/bias': [3],
      'inner/wide/kernel': [3, 4],
      'inner/wide/bias': [4],
      'inner/narrow/kernel': [4, 2],
    },
  },
  {
    file: 'keras-small.weights.h5',
    what: 'the same as Keras 3 saves weights',
    tensors: {
      'norm/gamma': [2],
      'norm/beta': [2],
      'norm/moving_mean': [2],
      'norm/moving_variance': [2],
      'first/kernel': [3, 3, 3, 2],
      'first/bias': [2],
      'dense/kernel': [72, 3],
      'dense/bias': [3],
      'wide/kernel': [3, 4],
      'wide/bias': [4],
      'narrow/kernel': [4, 2],
    },
  },
];

describe("every way in which Keras' .h5 files are written", () => {
  for (const { file, what, tensors } of honest) {
    it(what, async () => {
      const found = (await openFixture(`hdf5/${file}`)).tensors;
      assert.deepEqual(
        found.map(({ name, shape }) => [name, shape]),
        Object.entries(tensors),
      );
      for (const tensor of found) await assertValues(tensor, (i) => i * 0.5);
    });
  }
});

const hostile: readonly { file: string; message: RegExp }[] = [
  { file: 'external-link', message: /^\/fc\/kernel is a link to the file \/etc\/passwd/ },
  { file: 'layer-link', message: /^the layer fc is missing/ },
  { file: 'missing', message: /^fc\/kernel is missing/ },
  { file: 'no-layer', message: /^the layer fc is missing/ },
  { file: 'group', message: /^fc\/kernel is missing/ },
  { file: 'external-storage', message: /^fc\/kernel lies in another file/ },
  { file: 'virtual', message: /^fc\/kernel is stored as a view of other datasets/ },
  { file: 'chunked-bomb', message: /^fc\/kernel was never written/ },
  { file: 'unwritten-bomb', message: /^fc\/kernel was never written/ },
  { file: 'overflow', message: /^fc\/kernel has shape .* chunks/ },
  { file: 'gzip', message: /holds more than its shape/ },
  { file: 'big-endian', message: /^fc\/kernel is big-endian/ },
  { file: 'object', message: /^fc\/kernel holds no float16/ },
  { file: 'reference', message: /^fc\/kernel holds no float16/ },
  { file: 'opaque', message: /^fc\/kernel holds no float16/ },
  { file: 'null', message: /^fc\/kernel has no values/ },
  { file: 'names', message: /layer_names is no list of names/ },
  { file: 'cycle', message: /^the groups nest without end/ },
  { file: 'vars', message: /^dense\/0 is missing/ },
];

describe("Keras' .h5 files that only looked as if made to harm", () => {
  for (const [file, count] of [
    ['chunks', 16],
    ['soft-link', 4],
  ] as const)
    it(`are read: ${file}`, async () => {
      const { tensors } = await openFixture(`hdf5/hostile-${file}.h5`);
      assert.deepEqual(
        tensors.map(({ name }) => name),
        ['fc/kernel'],
      );
      assert.equal(elementCount(tensors[0]!.shape), count);
      await assertValues(tensors[0]!, (i) => i * 0.5);
    });
});

describe("Keras' .h5 files made to harm are refused", () => {
  for (const { file, message } of hostile) {
    it(file, async () => {
      const bytes = await fixtureBytes(`hdf5/hostile-${file}.h5`);
      await assertRefused(kerasH5, { why: file, bytes: () => bytes, message });
    });
  }

  for (const length of [8, 9, 23, 24, 95, 96, 97, 2048, 22_968, 45_935]) {
    it(`cut after ${length} bytes`, async () => {
      const bytes = (await fixtureBytes('hdf5/keras-small.h5')).subarray(0, length);
      await assertRefused(kerasH5, { why: 'cut', bytes: () => bytes, message: /cut short/ });
    });
  }

  for (const [file, every] of [
    ['types.h5', 11],
    ['keras-small.h5', 11],
    // Sixty groups that are alike.
    ['latest.h5', 37],
  ] as const) {
    it(`zeros from anywhere on, as a broken download leaves them: ${file}`, async () => {
      const bytes = await fixtureBytes(`hdf5/${file}`);
      for (let from = bytes.length; from >= 8; from -= 97)
        await tensorsOrSentence(bytes.fill(0, from));
    });

    it(`a changed byte ends in tensors or a sentence: ${file}`, async () => {
      const bytes = await fixtureBytes(`hdf5/${file}`);
      // Zeros are what HDF5 leaves unused.
      const used = [...bytes.keys()].filter((at) => at >= 8 && bytes[at] !== 0);
      for (const at of used.filter((_, index) => index % every === 0)) {
        const before = bytes[at] ?? 0;
        bytes[at] = 255 - before;
        await tensorsOrSentence(bytes);
        bytes[at] = before;
      }
    });
  }

  it('less than a signature is another format', async () => {
    const bytes = await fixtureBytes('hdf5/types.h5');
    assert.equal(await kerasH5.recognises(bytesSource(bytes.subarray(0, 7))), false);
    assert.equal(await kerasH5.recognises(bytesSource(new Uint8Array(64))), false);
  });
});

/** What is damaged may still be readable, but nothing else may come of it. */
async function tensorsOrSentence(bytes: Uint8Array): Promise<void> {
  try {
    const { tensors } = await openBytes(kerasH5, bytes);
    for (const tensor of tensors) await checkTensor(tensor);
  } catch (error) {
    assert.ok(error instanceof WeightsError, String(error));
  }
}
