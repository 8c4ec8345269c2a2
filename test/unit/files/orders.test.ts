import { strict as assert } from 'node:assert';
import { bytesSource } from '../../../src/files/bytes/byteSource';
import { nothingBeside } from '../../../src/files/bytes/openBeside';
import { WeightsError } from '../../../src/files/bytes/weightsError';
import { openWeightsFile } from '../../../src/files/weightsFile';
import { conv2d, dense, flatten, input, model } from '../../../src/network/functional';
import { elementCount } from '../../../src/network/tensor/shape';
import { floatTensor, onnxModel, onnxNode, permAttribute } from '../../support/onnxModel';
import { call, global, pickle, text } from '../../support/pickleBytes';
import { fixtureBytes } from '../../support/weightFixtures';

const picture = input([5, 4, 2]);
const network = model(
  picture,
  [
    conv2d(4, [3, 2], { name: 'conv1' }),
    flatten({ name: 'flatten' }),
    dense(3, { name: 'fc2' }),
  ].reduce((x, layer) => layer(x), picture),
);
const tiny = { id: 'tiny', network };
const inGroups = { id: 'in groups', network: networkInGroups() };

function networkInGroups(): typeof network {
  const small = input([4, 3, 2]);
  const calls = [
    conv2d(4, 2, { name: 'conv1' }),
    conv2d(6, 1, { name: 'conv2', groups: 2 }),
    conv2d(6, [2, 1], { name: 'conv3', groups: 2 }),
    flatten({ name: 'flatten' }),
    dense(3, { name: 'fc4' }),
  ];
  return model(
    small,
    calls.reduce((x, layer) => layer(x), small),
  );
}

/** Value i of the k-th tensor, in the network's own order, as makeOrders.py has it. */
const valueOf = (k: number, i: number): number => k * 1000 + i;

async function assertOwnOrder(bytes: Uint8Array, candidate = tiny): Promise<void> {
  const { weights } = await openWeightsFile(bytesSource(bytes), [candidate], nothingBeside);
  const keys = candidate.network.layers.flatMap(({ name, weights: specs }) =>
    specs.map((spec) => `${name}.${spec.name}`),
  );
  for (const [k, key] of keys.entries()) {
    const values = await weights.get(key)!.read();
    assert.deepEqual(
      [...values],
      Array.from(values, (_, i) => valueOf(k, i)),
      key,
    );
  }
}

describe('the order of values in HDF5 files', () => {
  for (const name of [
    'tensorflow',
    'theano',
    'theano-channels-first',
    'channels-first',
    'channels-first-turned-back',
    'keras1-theano',
    'caffe',
  ])
    it(`is what ${name} says`, async () => assertOwnOrder(await fixtureBytes(`orders-${name}.h5`)));
});

describe('two towers, as Keras 1 was told of groups,', () => {
  for (const [name, what] of [
    ['theano', 'with kernels as Theano has them'],
    ['bare', 'without a word of where they are from'],
    ['tensorflow', "in TensorFlow's order"],
    ['second-first', 'the second tower first'],
  ] as const)
    it(`are joined ${what}`, async () =>
      assertOwnOrder(await fixtureBytes(`orders-towers-${name}.h5`), inGroups));
});

describe('a dict of layers in a NumPy file', () => {
  for (const [name, what] of [
    ['protocol-2', 'pickled as Python 2 did'],
    ['protocol-3', 'pickled as Python 3 did first'],
    ['protocol-4', 'pickled as NumPy does now'],
    ['protocol-5', 'pickled with its newest protocol'],
    ['dicts', 'whose layers are dicts'],
    ['bytes-keys', 'of Python 2, read and written again by Python 3'],
    ['doubles-big-endian', 'of doubles, high byte first'],
    ['columns-first', 'of arrays with columns first'],
    ['more-beside', 'with more than weights'],
  ] as const)
    it(`is read ${what}`, async () => assertOwnOrder(await fixtureBytes(`npy-${name}.npy`)));

  it('runs nothing, and is refused where it is cut or no dict', async () => {
    const whole = Buffer.from(await fixtureBytes('npy-protocol-4.npy'));
    const start = whole.subarray(0, 128);
    const refuses = (bytes: Uint8Array, message: RegExp): Promise<void> =>
      assert.rejects(assertOwnOrder(bytes), (error) => {
        assert.ok(error instanceof WeightsError, String(error));
        assert.match(error.message, message);
        return true;
      });
    for (let length = 128; length < whole.length; length += 97)
      await refuses(whole.subarray(0, length), /./);
    const evil = pickle(call(global('os', 'system'), text('touch /tmp/never')));
    await refuses(Buffer.concat([start, evil]), /holds os\.system, not a dict of layers/);
  });
});

describe('the order of a flattened map in ONNX', () => {
  /** [out, in, h, w] of the network's [3, 2, 2, 4]. */
  const kernel = Float32Array.from({ length: 48 }, (_, at) => {
    const [output, inputs, row, column] = [
      Math.floor(at / 12),
      Math.floor(at / 6) % 2,
      Math.floor(at / 2) % 3,
      at % 2,
    ];
    return valueOf(0, ((row * 2 + column) * 2 + inputs) * 4 + output);
  });
  /** Rows by channel, then by cell, of the network's rows by cell, then by channel. */
  const channelsFirst = Float32Array.from({ length: 108 }, (_, at) => {
    const [row, output] = [Math.floor(at / 3), at % 3];
    return valueOf(2, ((row % 9) * 4 + Math.floor(row / 9)) * 3 + output);
  });
  const channelsLast = Float32Array.from({ length: 108 }, (_, at) => valueOf(2, at));
  const biases = (k: number, count: number): Float32Array =>
    Float32Array.from({ length: count }, (_, i) => valueOf(k, i));

  function modelOf(before: readonly Buffer[], rows: Float32Array): Buffer {
    const shapes = { kernel: [4, 2, 3, 2], rows: [36, 3] };
    assert.equal(elementCount(shapes.rows), rows.length);
    return onnxModel(
      [
        onnxNode('Transpose', ['input'], 'nchw', permAttribute([0, 3, 1, 2])),
        onnxNode('Conv', ['nchw', 'conv1/kernel', 'conv1/bias'], 'conv'),
        onnxNode('Relu', ['conv'], 'map'),
        ...before,
        onnxNode('MatMul', ['flat', 'fc2/kernel'], 'product'),
        onnxNode('Add', ['product', 'fc2/bias'], 'output'),
      ],
      [
        floatTensor('conv1/kernel', shapes.kernel, kernel),
        floatTensor('conv1/bias', [4], biases(1, 4)),
        floatTensor('fc2/kernel', shapes.rows, rows),
        floatTensor('fc2/bias', [3], biases(3, 3)),
      ],
    );
  }
  const turn = (from: string, to: string, ...perm: readonly number[]): Buffer =>
    onnxNode('Transpose', [from], to, permAttribute(perm));

  it('is by channels where the graph flattens what a convolution gives', () =>
    assertOwnOrder(modelOf([onnxNode('Flatten', ['map'], 'flat')], channelsFirst)));

  it('is by cells where it turns the map first', () =>
    assertOwnOrder(
      modelOf(
        [
          turn('map', 'nhwc', 0, 2, 3, 1),
          onnxNode('Identity', ['nhwc'], 'same'),
          onnxNode('Reshape', ['same', 'shape'], 'flat'),
        ],
        channelsLast,
      ),
    ));

  it('is by channels where it turns the map there and back', () =>
    assertOwnOrder(
      modelOf(
        [
          turn('map', 'nhwc', 0, 2, 3, 1),
          turn('nhwc', 'back', 0, 3, 1, 2),
          onnxNode('Reshape', ['back', 'shape'], 'flat'),
        ],
        channelsFirst,
      ),
    ));

  it('is not guessed where it turns the map otherwise', async () => {
    const odd = [turn('map', 'odd', 0, 1, 3, 2), onnxNode('Flatten', ['odd'], 'flat')];
    await assert.rejects(assertOwnOrder(modelOf(odd, channelsFirst)), (error) => {
      assert.ok(error instanceof WeightsError);
      assert.match(
        error.message,
        /turns its maps before it flattens them, in a way that is not read/,
      );
      return true;
    });
  });
});
