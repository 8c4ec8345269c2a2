import { strict as assert } from 'node:assert';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { cpuBackend } from '../../../src/engine/backends/cpuBackend';
import { bytesSource, fileSource } from '../../../src/files/bytes/byteSource';
import { tfjsModel } from '../../../src/files/formats/tfjsModel';
import { besideFile, nothingBeside } from '../../../src/files/bytes/openBeside';
import type { OpenBeside } from '../../../src/files/bytes/openBeside';
import { readTensor } from '../../../src/files/tensors/tensorValues';
import { WeightsError } from '../../../src/files/bytes/weightsError';
import { bytesOf } from '../../support/protobuf';
import type { HostileFile } from '../../support/weightFixtures';
import { assertRefused, inMemory, openBytes } from '../../support/weightFixtures';
import type { TfjsTensor } from '../../support/writeTfjsModel';
import { tfjsFloats, tfjsJson, writeTfjsModel } from '../../support/writeTfjsModel';

const ramp = (count: number): Float32Array => Float32Array.from({ length: count }, (_, i) => i / 4);
const packed = (name: string, shape: number[], quantization: object, data: ArrayBufferView): TfjsTensor => ({ entry: { name, shape, dtype: 'float32', quantization }, bytes: bytesOf(data) }); // prettier-ignore

const entry = (more: object = {}): object => ({ name: 'w', shape: [4], dtype: 'float32', ...more });
const one = (weight: unknown, ...paths: unknown[]): Buffer =>
  tfjsJson([{ paths: paths.length > 0 ? paths : ['w.bin'], weights: [weight] }]);
const sixteen = inMemory({ 'w.bin': new Uint8Array(16), 'v.bin': new Uint8Array(16) });
const disk = besideFile('/nowhere/model.json');
const text = (value: string): Buffer => Buffer.from(value);

const hostile: readonly HostileFile[] = [
  { why: 'a text that only begins like a model', bytes: () => text('{"format": '), message: /not valid JSON/ }, // prettier-ignore
  { why: 'bytes that are no text', bytes: () => Buffer.from([0x7b, 0xff]), message: /not UTF-8/ },
  { why: 'a list', bytes: () => text('[]'), message: /no weightsManifest/ },
  { why: 'null', bytes: () => text('null'), message: /no weightsManifest/ },
  { why: 'no manifest', bytes: () => text('{"format":"layers-model"}'), message: /no weightsManifest/ }, // prettier-ignore
  { why: 'a manifest that is an object', bytes: () => tfjsJson({}), message: /no weightsManifest/ },
  { why: 'a manifest inherited', bytes: () => text('{"__proto__":{"weightsManifest":[]}}'), message: /no weightsManifest/ }, // prettier-ignore
  { why: 'an empty manifest', bytes: () => tfjsJson([]), message: /lists no weights/ },
  { why: 'a group that is null', bytes: () => tfjsJson([null]), message: /without paths or weights/ }, // prettier-ignore
  { why: 'a group without paths', bytes: () => tfjsJson([{ weights: [] }]), message: /without paths/ }, // prettier-ignore
  { why: 'a group without weights', bytes: () => tfjsJson([{ paths: [] }]), message: /without paths or weights/ }, // prettier-ignore
  {
    why: 'JSON of nine megabytes',
    bytes: () => Buffer.alloc(9 * 2 ** 20, ' '),
    message: /the JSON has 9437184 bytes, more than 8388608/,
  },
  {
    why: 'eight megabytes of brackets',
    bytes: () => Buffer.concat([text('{"format":'), Buffer.alloc(8e6, '[')]),
    message: /nested more than 200 levels deep/,
  },
  {
    why: 'objects in objects without end',
    bytes: () => text('{"format":'.repeat(5000) + '1' + '}'.repeat(5000)),
    message: /nested more than 200 levels deep/,
  },
  {
    why: 'brackets that a text seems to close',
    bytes: () => text(`{"format":${'["\\"]",'.repeat(300)}`),
    message: /nested more than 200/,
  },
  ...['../w.bin', '/etc/passwd', 'shards/w.bin', 'https://example.org/w.bin', '..', 'C:w.bin', '..\\w.bin'].map((path) => ({ why: `a shard ${path}`, bytes: () => one(entry(), path), message: /names the file ".*", which is not in its folder/, beside: disk })), // prettier-ignore
  { why: 'a shard that is not there', bytes: () => one(entry()), message: /needs the file "w.bin" beside it: could not be opened/, beside: disk }, // prettier-ignore
  { why: 'a shard beside a file without a folder', bytes: () => one(entry()), message: /copy both/, beside: nothingBeside }, // prettier-ignore
  { why: 'a path that is a number', bytes: () => one(entry(), 5), message: /a file without a name/ }, // prettier-ignore
  { why: 'an empty path', bytes: () => one(entry(), ''), message: /a file without a name/ },
  { why: 'a path that is only a dot', bytes: () => one(entry(), './'), message: /a file without a name/ }, // prettier-ignore
  { why: 'a file twice, once with a dot', bytes: () => one(entry(), 'w.bin', './w.bin'), message: /the file "w.bin" twice/ }, // prettier-ignore
  { why: 'a shard two dots up', bytes: () => one(entry(), './../w.bin'), message: /not in its folder/, beside: disk }, // prettier-ignore
  { why: 'a file twice', bytes: () => one(entry(), 'w.bin', 'w.bin'), message: /the file "w.bin" twice/ }, // prettier-ignore
  { why: 'six hundred files', bytes: () => one(entry(), ...Array.from({ length: 600 }, (_, i) => `${i}`)), message: /more than 512 files/ }, // prettier-ignore
  {
    why: 'fifty thousand tensors',
    bytes: () => tfjsJson([{ paths: [], weights: Array.from({ length: 50_000 }, (_, i) => ({ name: `${i}`, shape: [0], dtype: 'float32' })) }]), // prettier-ignore
    message: /more than 4096 tensors/,
  },
  { why: 'a tensor twice', bytes: () => tfjsJson([{ paths: [], weights: [entry(), entry()] }]), message: /the tensor "w" twice/ }, // prettier-ignore
  {
    why: 'a tensor twice, in two groups',
    bytes: () =>
      tfjsJson([
        { paths: [], weights: [entry()] },
        { paths: [], weights: [entry()] },
      ]),
    message: /the tensor "w" twice/,
  },
  { why: 'a tensor that is null', bytes: () => one(null), message: /a tensor without a name/ },
  { why: 'a name that is a number', bytes: () => one(entry({ name: 5 })), message: /a tensor without a name/ }, // prettier-ignore
  { why: 'no shape', bytes: () => one(entry({ shape: undefined })), message: /w has the impossible shape none/ }, // prettier-ignore
  { why: 'a negative size', bytes: () => one(entry({ shape: [-4] })), message: /impossible shape \[-4\]/ }, // prettier-ignore
  { why: 'negative sizes whose product fits', bytes: () => one(entry({ shape: [-2, -2] })), message: /impossible shape/ }, // prettier-ignore
  { why: 'half a size', bytes: () => one(entry({ shape: [0.5, 8] })), message: /impossible shape/ },
  { why: 'a size that is a text', bytes: () => one(entry({ shape: ['4'] })), message: /impossible shape/ }, // prettier-ignore
  { why: 'sizes whose product overflows', bytes: () => one(entry({ shape: [2 ** 40, 2 ** 40] })), message: /impossible shape/ }, // prettier-ignore
  { why: 'half a million axes', bytes: () => one(entry({ shape: Array<number>(5e5).fill(1) })), message: /impossible shape \[1,1,/ }, // prettier-ignore
  { why: 'a shape larger than its files', bytes: () => one(entry({ shape: [2 ** 20, 2 ** 20] })), message: /w takes 4398046511104 bytes, its files have 16/, beside: sixteen }, // prettier-ignore
  { why: 'a shape smaller than its files', bytes: () => one(entry({ shape: [3] })), message: /w takes 12 bytes, its files have 16/, beside: sixteen }, // prettier-ignore
  { why: 'a file too many', bytes: () => one(entry(), 'w.bin', 'v.bin'), message: /w takes 16 bytes, its files have 32/, beside: sixteen }, // prettier-ignore
  { why: 'no file', bytes: () => tfjsJson([{ paths: [], weights: [entry()] }]), message: /takes 16 bytes, its files have 0/ }, // prettier-ignore
  { why: 'a type that is not read', bytes: () => one(entry({ dtype: 'complex64' })), message: /w has type "complex64"; float32/ }, // prettier-ignore
  { why: 'texts, whose length nothing says', bytes: () => one(entry({ dtype: 'string' })), message: /w has type "string"/ }, // prettier-ignore
  { why: 'a type named like an inherited property', bytes: () => one(entry({ dtype: 'constructor' })), message: /type "constructor"/ }, // prettier-ignore
  { why: 'only integers', bytes: () => one(entry({ dtype: 'int32' })), message: /lists no weights/, beside: sixteen }, // prettier-ignore
  ...[
    { quantization: null, message: /quantised as none/ },
    { quantization: { dtype: 'uint4' }, message: /quantised as "uint4"; uint8/ },
    { quantization: { dtype: 'uint8' }, message: /has the scale none/ },
    { quantization: { dtype: 'uint8', scale: '1', min: 0 }, message: /has the scale "1"/ },
    { quantization: { dtype: 'uint16', scale: 1, min: null }, message: /and the least null/ },
  ].map(({ quantization, message }) => ({ why: `the quantisation ${JSON.stringify(quantization)}`, bytes: () => one(entry({ quantization })), message, beside: sixteen })), // prettier-ignore
  { why: 'a scale beyond any number', bytes: () => text('{"weightsManifest":[{"paths":["w.bin"],"weights":[{"name":"w","shape":[16],"dtype":"float32","quantization":{"dtype":"uint8","scale":1e999,"min":0}}]}]}'), message: /has the scale null/, beside: sixteen }, // prettier-ignore
  { why: 'NaN in a shard', bytes: () => one(entry()), message: /w holds NaN at index 0/, beside: inMemory({ 'w.bin': Buffer.alloc(16, 0xff) }) }, // prettier-ignore
];

describe('the reader of TensorFlow.js models', () => {
  it('reads what TensorFlow.js itself saves', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'alexnet-tfjs-'));
    try {
      await cpuBackend.start({ addonPath: undefined, threads: 1, wasmDirectory: '' });
      const model = layers.sequential({
        layers: [
          layers.layers.conv2d({ name: 'conv1', inputShape: [8, 8, 3], filters: 4, kernelSize: 3 }),
          layers.layers.batchNormalization({ name: 'bn1' }),
          layers.layers.flatten(),
          layers.layers.dense({ name: 'fc6', units: 5 }),
        ],
      });
      // Its way to a server also writes to a folder: what it would send is a form of two files.
      const fetchFunc = async (_: unknown, init?: RequestInit): Promise<Response> => {
        const form = init?.body as FormData;
        for (const part of form.values()) {
          const { name } = part as File;
          await writeFile(join(folder, name), await (part as File).bytes());
        }
        return new Response();
      };
      await model.save(tf.io.http('http://server.invalid', { fetchFunc }));
      const path = join(folder, 'model.json');
      const source = await fileSource(path);
      assert.ok(await tfjsModel.recognises(source));
      const file = await tfjsModel.open(source, besideFile(path));
      assert.deepEqual(
        file.tensors.map(({ name, shape }) => [name, shape]),
        model.weights.map((weight) => [weight.name, weight.shape]),
      );
      assert.equal(file.tensors[0]!.name, 'conv1/kernel');
      for (const [i, tensor] of file.tensors.entries()) {
        assert.deepEqual(await readTensor(tensor), await model.weights[i]!.read().data());
      }
      await file.close?.();
      await source.close();
      model.dispose();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  const groups = [
    [
      tfjsFloats('conv1/kernel', [2, 2, 1, 2], ramp(8)),
      { entry: { name: 'step', shape: [], dtype: 'int32' }, bytes: Buffer.alloc(4) },
      { entry: { name: 'flags', shape: [3], dtype: 'bool' }, bytes: Buffer.alloc(3) },
      packed('conv1/bias', [2], { dtype: 'uint8', scale: 0.5, min: -3 }, Uint8Array.of(0, 255)),
      packed('fc6/kernel', [1, 3], { dtype: 'uint16', scale: 2, min: 1 }, Uint16Array.of(0, 1, 65535)), // prettier-ignore
    ],
    [
      packed('fc6/bias', [2], { dtype: 'float16', original_dtype: 'float32' }, Uint16Array.of(0x3c00, 0xc000)), // prettier-ignore
      { entry: { name: 'Adam/m', shape: [1], dtype: 'float32', group: 'optimizer' }, bytes: Buffer.alloc(4) }, // prettier-ignore
      tfjsFloats('epsilon', [], ramp(1)),
      tfjsFloats('__proto__', [2], ramp(2)),
    ],
  ];
  for (const shardBytes of [1, 5, 1000]) {
    it(`joins shards of ${shardBytes} bytes, and widens what was quantised`, async () => {
      const { json, shards } = writeTfjsModel(groups, shardBytes);
      const { tensors } = await openBytes(tfjsModel, json, inMemory(shards));
      const read = new Map<string, number[]>();
      for (const tensor of tensors) read.set(tensor.name, Array.from(await readTensor(tensor)));
      assert.deepEqual(
        [...read],
        [
          ['conv1/kernel', Array.from(ramp(8))],
          ['conv1/bias', [-3, 124.5]],
          ['fc6/kernel', [1, 3, 131071]],
          ['fc6/bias', [1, -2]],
          ['__proto__', [0, 0.25]],
        ],
      );
    });
  }

  it('closes every shard, also where it refuses', async () => {
    let open = 0;
    const counted: OpenBeside = (name) => {
      if (name === 'none') throw new WeightsError('needs none');
      open++;
      const close = (): Promise<void> => {
        open--;
        return Promise.resolve();
      };
      return Promise.resolve({ ...bytesSource(new Uint8Array(8)), close });
    };
    const file = await openBytes(tfjsModel, one(entry(), 'a', 'b'), counted);
    assert.equal(open, 2);
    await file.close?.();
    assert.equal(open, 0);
    await assert.rejects(openBytes(tfjsModel, one(entry(), 'a', 'none'), counted), /needs none/);
    await assert.rejects(openBytes(tfjsModel, one(entry(), 'a'), counted), /its files have 8/);
    assert.equal(open, 0);
  });

  it('is recognised by the first key', async () => {
    const recognised = (json: string): Promise<boolean> =>
      tfjsModel.recognises(bytesSource(Buffer.from(json)));
    for (const json of [
      '{"format":1',
      '\uFEFF{\n  "modelTopology" : {',
      '{"weightsManifest":[]}',
    ]) {
      assert.ok(await recognised(json), json);
    }
    for (const json of ['', '{', '{}', '[{"format":1}]', '{"module":"keras"}', 'format']) {
      assert.equal(await recognised(json), false, json);
    }
  });

  for (const file of hostile) {
    it(`refuses ${file.why}`, () => assertRefused(tfjsModel, file));
  }

  it('refuses a model.json cut short anywhere', async () => {
    const { json, shards } = writeTfjsModel(groups, 64);
    for (let length = 0; length < json.length; length++) {
      const source = bytesSource(json.subarray(0, length));
      await tfjsModel.recognises(source);
      await assert.rejects(tfjsModel.open(source, inMemory(shards)), WeightsError);
    }
  });
});

describe('a graph of TensorFlow 2', () => {
  it('names variables by what reads them', async () => {
    const names = [
      ...['conv1/Conv2D/ReadVariableOp', 'conv1/BiasAdd/ReadVariableOp'],
      ...['bn1/ReadVariableOp', 'bn1/ReadVariableOp_1'],
      ...['bn1/FusedBatchNormV3/ReadVariableOp', 'bn1/FusedBatchNormV3/ReadVariableOp_1'],
      ...['fc6/MatMul/ReadVariableOp/resource', 'fc6/BiasAdd/ReadVariableOp/resource'],
    ];
    const weights = names.map((name) => entry({ name: `call/net/${name}`, shape: [1] }));
    const bytes = tfjsJson([{ paths: ['w.bin'], weights }]);
    const beside = inMemory({ 'w.bin': new Uint8Array(4 * names.length) });
    const { tensors } = await tfjsModel.open(bytesSource(bytes), beside);
    assert.deepEqual(
      tensors.map(({ name }) => name.replace('call/net/', '')),
      [
        ...['conv1/kernel', 'conv1/bias', 'bn1/gamma', 'bn1/beta'],
        ...['bn1/moving_mean', 'bn1/moving_variance', 'fc6/kernel', 'fc6/bias'],
      ],
    );
  });
});
