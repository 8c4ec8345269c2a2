import { strict as assert } from 'node:assert';
import { bytesSource } from '../../../src/files/bytes/byteSource';
import { keras3 } from '../../../src/files/formats/keras3';
import { keras3Layers } from '../../../src/files/formats/keras3Layers';
import { inLayerOrder, kerasPattern } from '../../support/kerasFiles';
import type { HostileFile } from '../../support/weightFixtures';
import {
  assertRefused,
  assertMatches,
  assertRepeats,
  assertValues,
  fixtureBytes,
  openBytes,
} from '../../support/weightFixtures';
import { writeZip } from '../../support/writeArchive';

const config = (...classes: string[]): Buffer =>
  Buffer.from(
    JSON.stringify({
      config: {
        layers: classes.map((name, i) => ({ class_name: name, config: { name: `l${i}` } })),
      },
    }),
  );

describe("Keras 3's .keras files", () => {
  it('keras3.keras has the names, shapes and values that Keras wrote, in the order of its layers', async () => {
    const file = await openBytes(keras3, await fixtureBytes('keras3.keras'));
    const { tensors } = file;
    assert.deepEqual(
      tensors.map(({ name }) => name),
      inLayerOrder,
    );
    assertMatches(file, 'keras', 'name');
    for (const tensor of tensors)
      await assertRepeats(tensor, kerasPattern(tensor.name, tensor.shape));
  });

  it('a model in a model, with its optimizer and random state', async () => {
    const { tensors } = await openBytes(keras3, await fixtureBytes('hdf5/keras-small.keras'));
    const layers = [...new Set(tensors.map(({ name }) => name.split('/')[0]))];
    assert.deepEqual(layers, ['first', 'norm', 'dense', 'wide', 'narrow']);
    assert.equal(tensors.length, 11);
    for (const tensor of tensors) await assertValues(tensor, (i) => i * 0.5);
  });

  it('the config names layers where the weights do not', async () => {
    const bytes = writeZip(
      [
        { name: 'config.json', bytes: config('InputLayer', 'Dense', 'Dense') },
        { name: 'model.weights.h5', bytes: await fixtureBytes('hdf5/latest.h5') },
      ],
      0,
    );
    const { tensors } = await openBytes(keras3, bytes);
    assert.deepEqual(
      tensors.slice(0, 5).map(({ name }) => name),
      ['l1/kernel', 'l1/bias', 'l2/kernel', 'l2/bias', 'dense_2/kernel'],
    );
  });

  it('an archive of something else is another format', async () => {
    const source = bytesSource(writeZip([{ name: 'config.json', bytes: Buffer.from('{}') }]));
    assert.equal(await keras3.recognises(source), false);
    assert.equal(await keras3.recognises(bytesSource(Buffer.from('PK\x03\x04'))), false);
  });
});

describe("Keras 3's .keras files made to harm are refused", () => {
  let weights: Uint8Array;
  before(async () => (weights = await fixtureBytes('hdf5/bfloat16.h5')));
  const name = 'model.weights.h5';
  const json = (text: string): { name: string; bytes: Buffer } => ({
    name: 'config.json',
    bytes: Buffer.from(text),
  });

  const hostile: readonly HostileFile[] = [
    {
      why: 'what is compressed',
      bytes: () => writeZip([json('{}'), { name, bytes: weights }]),
      message: /^config.json is compressed/,
    },
    {
      why: 'weights in another format',
      bytes: () => writeZip([json('{}'), { name: 'model.weights.npz', bytes: weights }], 0),
      message: /^the archive holds no model.weights.h5/,
    },
    {
      why: 'weights that are none',
      bytes: () => writeZip([json('{}'), { name, bytes: Buffer.alloc(200) }], 0),
      message: /^the HDF5 structure/,
    },
    {
      why: 'no weights at all',
      bytes: () => writeZip([json('{}'), { name }], 0),
      message: /cut short/,
    },
    {
      why: 'a config that is no JSON',
      bytes: () => writeZip([json('{"config":'), { name, bytes: weights }], 0),
      message: /is not valid JSON/,
    },
    {
      why: 'a config of 50 MB',
      bytes: () => writeZip([json(' '.repeat(5e7)), { name, bytes: weights }], 0),
      message: /^the JSON has 50000000 bytes/,
    },
    {
      why: 'a bit that fell over',
      bytes: () => {
        const bytes = writeZip([json('{}'), { name, bytes: weights }], 0);
        const at = bytes.indexOf('GCOL');
        bytes[at + 40] = 1 ^ (bytes[at + 40] ?? 0);
        return bytes;
      },
      message: /^model.weights.h5 is damaged: its checksum/,
    },
  ];
  for (const file of hostile) it(file.why, () => assertRefused(keras3, file));
});

describe('a config says which group of the weights is which layer', () => {
  const cases: readonly { why: string; config: unknown; groups: string[] }[] = [
    { why: 'nothing', config: undefined, groups: [] },
    { why: 'null', config: null, groups: [] },
    { why: 'layers that are no list', config: { config: { layers: {} } }, groups: [] },
    {
      why: 'layers that are nothing',
      config: { config: { layers: [null, 7, {}, { class_name: 7 }] } },
      groups: ['', '_1', '_2', '_3'],
    },
    {
      why: "Keras' classes",
      config: JSON.parse(
        config('InputLayer', 'Conv2D', 'BatchNormalization', 'MaxPooling2D', 'Conv2D').toString(),
      ),
      groups: ['input_layer', 'conv2d', 'batch_normalization', 'max_pooling2d', 'conv2d_1'],
    },
    {
      why: "JavaScript's own names",
      config: JSON.parse(config('__proto__', 'constructor').toString()),
      groups: ['__proto__', 'constructor'],
    },
  ];
  for (const { why, config: given, groups } of cases) {
    it(why, () => {
      assert.deepEqual(
        keras3Layers(given).map(({ group }) => group),
        groups,
      );
    });
  }
});
