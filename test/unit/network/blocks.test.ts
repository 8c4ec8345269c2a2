import { strict as assert } from 'node:assert';
import { alexNetIds, alexNets } from '../../../src/library/alexNets';
import { blocks } from '../../../src/network/blocks';
import {
  activation,
  concatenate,
  conv2d,
  dense,
  flatten,
  globalAveragePool2d,
  input,
  maxPool2d,
  merge,
  model,
  type TensorHandle,
} from '../../../src/network/functional';
import type { Network } from '../../../src/network/network';

const conv = (name: string, source: TensorHandle): TensorHandle =>
  conv2d(4, 3, { name, padding: 'same' })(source);
const add = (name: string, ...sources: readonly TensorHandle[]): TensorHandle =>
  merge('add', { name })(...sources);

function told(network: Network): readonly string[] {
  return blocks(network).map(({ title, layers }) => `${title}: ${layers.join(' ')}`);
}

describe('blocks', () => {
  for (const id of alexNetIds) {
    it(`of an AlexNet are its five convolutions and the classifier: ${id}`, () => {
      const found = blocks(alexNets[id].network);
      assert.deepEqual(
        found.map(({ title, layers }) => [title, layers[0]]),
        [
          ...[1, 2, 3, 4, 5].map((number) => [`conv block ${number}`, `conv${number}`]),
          ['classifier', found[5]?.layers[0]],
        ],
      );
      assert.match(found[5]?.layers[0] ?? '', /^(flatten|avgpool)$/);
    });
  }

  it('are one for branches that meet again, with what follows until the next', () => {
    const x = input([8, 8, 4]);
    const stem = maxPool2d(2, { name: 'pool', strides: 2 })(conv('stem', x));
    const sum = add('add', conv('a2', conv('a1', stem)), stem);
    const out = activation('relu', { name: 'relu' })(sum);
    const joined = concatenate({ name: 'join' })(conv('b', out), conv('c', out), out);
    const head = dense(3, { name: 'fc' })(globalAveragePool2d({ name: 'gap' })(joined));
    assert.deepEqual(told(model(x, head)), [
      'conv block 1: stem pool',
      'residual block 1: a1 a2 add relu',
      'parallel block 1: b c join',
      'classifier: gap fc',
    ]);
  });

  it('do not end at a merge inside of other branches', () => {
    const x = conv('stem', input([8, 8, 4]));
    const inner = add('inner', conv('a', x), conv('b', x));
    const outer = add('outer', conv('c', inner), x);
    const network = model(x.sources[0]!, outer);
    assert.deepEqual(told(network), ['conv block 1: stem', 'residual block 1: a b inner c outer']);
  });

  it('take two towers with an input each for one, up to where they meet', () => {
    const left = input([4, 4, 4], 'left');
    const right = input([4, 4, 4], 'right');
    const sum = add('add', conv('a', left), conv('b', right));
    const network = model([left, right], conv('c', sum));
    assert.deepEqual(network.inputs, ['left', 'right']);
    assert.deepEqual(told(network), ['residual block 1: a b add', 'conv block 1: c']);
  });

  it('know which repeat the one before: the same settings, shapes and ways, whatever the names', () => {
    const residual = (name: string, x: TensorHandle, kernel: number): TensorHandle => {
      const way = conv2d(4, kernel, { name: `${name}a`, padding: 'same' })(x);
      return add(`${name}sum`, conv(`${name}b`, way), x);
    };
    const picture = input([8, 8, 4]);
    const stem = conv('stem', picture);
    const second = residual('y', residual('x', stem, 3), 3);
    const network = model(picture, residual('z', second, 5));
    assert.deepEqual(
      blocks(network).map(({ title, repeats }) => [title, repeats]),
      [
        ['conv block 1', false],
        ['residual block 1', false],
        ['residual block 2', true],
        ['residual block 3', false],
      ],
    );
  });

  it('take ends that never meet for one', () => {
    const x = input([4, 4, 4]);
    const list = flatten({ name: 'list' })(conv('a', x));
    const network = model(x, [dense(2, { name: 'p' })(list), dense(3, { name: 'q' })(list)]);
    assert.deepEqual(network.outputs, ['p', 'q']);
    assert.deepEqual(told(network), ['conv block 1: a', 'classifier: list p q']);
  });
});
