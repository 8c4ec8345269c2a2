import { strict as assert } from 'node:assert';
import type { TensorHandle } from '../../../src/network/functional';
import {
  adaptiveAveragePool2d,
  conv2d,
  dense,
  dropout,
  flatten,
  input,
  lrn,
  maxPool2d,
  model,
} from '../../../src/network/functional';
import { layerNamed } from '../../../src/network/network';
import { NetworkError } from '../../../src/network/tensor/networkError';
import { summarize } from '../../../src/network/summary';

const image = (): TensorHandle => input([3, 3, 4]);
const flat = (): TensorHandle => flatten({ name: 'flat' })(image());

const impossible: readonly { why: string; build: () => unknown; message: RegExp }[] = [
  {
    why: 'a kernel larger than its input',
    build: () => conv2d(8, 5, { name: 'conv2' })(image()),
    message: /^conv2: kernel 5 does not fit input 3 x 3 with padding "valid"$/,
  },
  {
    why: 'a kernel larger than its padded input',
    build: () => conv2d(8, 6, { name: 'conv2', padding: 1 })(image()),
    message: /^conv2: kernel 6 does not fit input 3 x 3 with padding 1$/,
  },
  {
    why: 'groups that do not divide the input channels',
    build: () => conv2d(9, 1, { name: 'conv2', groups: 3 })(image()),
    message: /^conv2: 4 input channels do not split into 3 groups \(4 \/ 3 = 1\.33/,
  },
  {
    why: 'groups that do not divide the filters',
    build: () => conv2d(5, 1, { name: 'conv2', groups: 2 })(image()),
    message: /^conv2: 5 filters do not split into 2 groups \(5 \/ 2 = 2\.5\)$/,
  },
  {
    why: 'a pool larger than its input',
    build: () => maxPool2d(4, { strides: 2, name: 'pool9' })(image()),
    message: /^pool9: pool 4 does not fit input 3 x 3 with padding "valid"$/,
  },
  {
    why: 'pool padding that a window could lie in whole',
    build: () => maxPool2d(2, { strides: 2, padding: 2, name: 'pool' })(image()),
    message: /^pool: padding 2 is more than half of pool 2$/,
  },
  {
    why: 'an average pool that does not divide',
    build: () => adaptiveAveragePool2d(2, { name: 'avgpool' })(image()),
    message: /^avgpool: input 3 × 3 × 4 does not divide into 2 equal windows \(3 \/ 2 = 1\.5\)$/,
  },
  {
    why: 'a convolution on a list',
    build: () => conv2d(1, 1, { name: 'conv' })(flat()),
    message: /^conv: Conv2D takes height x width x channels, got 36$/,
  },
  {
    why: 'no filters',
    build: () => conv2d(0, 3, { name: 'conv' })(image()),
    message: /^conv: filters must be a whole number above 0, got 0$/,
  },
  {
    why: 'half a stride',
    build: () => conv2d(1, 3, { name: 'conv', strides: 0.5 })(image()),
    message: /^conv: stride must be a whole number above 0, got 0.5$/,
  },
  {
    why: 'negative padding',
    build: () => conv2d(1, 3, { name: 'conv', padding: -1 })(image()),
    message: /^conv: padding must be a whole number from 0, got -1$/,
  },
  {
    why: 'a dropout of everything',
    build: () => dropout(1, { name: 'drop' })(flat()),
    message: /^drop: rate must be from 0 to below 1, got 1$/,
  },
  {
    why: 'an even response norm',
    build: () => lrn({ size: 4, k: 1, alpha: 1, beta: 1, name: 'norm' })(image()),
    message: /^norm: size must be an odd whole number, got 4$/,
  },
  {
    why: 'a picture without height',
    build: () => input([0, 3, 3]),
    message: /^input: sizes must be whole numbers above 0, got 0 x 3 x 3$/,
  },
];

describe('the functional builder refuses impossible networks with the arithmetic', () => {
  for (const { why, build, message } of impossible) {
    it(why, () =>
      assert.throws(build, (error) => error instanceof NetworkError && message.test(error.message)),
    );
  }

  it('two layers of one name', () => {
    const x = image();
    const y = flatten({ name: 'same' })(conv2d(1, 1, { name: 'same' })(x));
    assert.throws(() => model(x, y), /two layers are named same/);
  });

  it('an output that the input does not reach', () => {
    assert.throws(() => model(image(), flat()), /flat does not depend on input/);
  });
});

describe('model', () => {
  it('orders layers so that each comes after what it takes, and knows them by name', () => {
    const x = input([8, 8, 2]);
    const y = dense(3, { name: 'c' })(flatten({ name: 'b' })(conv2d(4, 3, { name: 'a' })(x)));
    const network = model(x, y);
    assert.deepEqual(
      network.layers.map(({ name }) => name),
      ['input', 'a', 'b', 'c'],
    );
    assert.deepEqual(layerNamed(network, 'b').inputs, ['a']);
    assert.throws(
      () => layerNamed(network, 'd'),
      /no layer is named "d"; there are input, a, b, c/,
    );
  });

  it('counts a grouped convolution as its towers, not as one', () => {
    const x = input([5, 5, 4]);
    const summary = summarize(model(x, conv2d(6, 3, { name: 'a', groups: 2 })(x)));
    assert.equal(summary.totals.parameters, 3 * 3 * 2 * 6 + 6);
    assert.equal(summary.totals.macs, 3 * 3 * (3 * 3 * 2 * 6));
    assert.equal(summary.totals.activationBytes, (5 * 5 * 4 + 3 * 3 * 6) * 4);
  });
});
