import { strict as assert } from 'node:assert';
import type { LayerPlan } from '../../../src/network/assemble';
import { applyLayer, assemble } from '../../../src/network/assemble';
import type { LayerSettings } from '../../../src/network/layers/layer';
import { inputName, layerNamed } from '../../../src/network/network';
import type { Layer } from '../../../src/network/layers/layer';
import { NetworkError } from '../../../src/network/tensor/networkError';

const ends = { inputs: ['picture'], outputs: ['scores'] };

const picture: LayerPlan = {
  name: 'picture',
  settings: { kind: 'InputLayer', shape: [8, 6, 3] },
  inputs: [],
};

function convolution(name: string, input: string, kernel = 3): LayerPlan {
  const settings: LayerSettings = {
    kind: 'Conv2D',
    filters: 4,
    kernel: [kernel, kernel],
    stride: [1, 1],
    dilation: [1, 1],
    padding: 'valid',
    groups: 1,
    useBias: true,
    activation: 'relu',
  };
  return { name, settings, inputs: [input] };
}

const plan = (name: string, settings: LayerSettings, ...inputs: readonly string[]): LayerPlan => ({
  name,
  settings,
  inputs,
});
const flatten = (name: string, input: string) => plan(name, { kind: 'Flatten' }, input);
const add = (name: string, ...inputs: readonly string[]) =>
  plan(name, { kind: 'Merge', operation: 'add' }, ...inputs);

/** Names with the layer at fault, or with the output's shape. */
function outcome(...plans: readonly LayerPlan[]): Readonly<Record<string, string>> {
  const { layers, unresolved } = assemble(plans, ends);
  return Object.fromEntries([
    ...layers.map(({ name, outputShape }) => [name, outputShape.join(' x ')]),
    ...unresolved.map(({ name, problem }) => [name, problem.sentence]),
  ]) as Record<string, string>;
}

describe('a network put together from layers that may be at fault', () => {
  it('keeps the sentence of a faulty layer; those after it carry it, and other branches are whole', () => {
    const tooLarge = 'b2: kernel 9 does not fit input 6 x 4 with padding "valid"';
    assert.deepEqual(
      outcome(
        picture,
        convolution('a', 'picture'),
        convolution('b1', 'picture'),
        convolution('b2', 'b1', 9),
        flatten('b3', 'b2'),
        add('both', 'a', 'b3'),
        flatten('scores', 'a'),
      ),
      {
        picture: '8 x 6 x 3',
        a: '6 x 4 x 4',
        b1: '6 x 4 x 4',
        b2: tooLarge,
        b3: tooLarge,
        both: tooLarge,
        scores: '96',
      },
    );
  });

  it('names the layer at fault wherever its consequence shows', () => {
    const { unresolved } = assemble(
      [picture, convolution('a', 'picture', 9), flatten('b', 'a'), flatten('c', 'b')],
      ends,
    );
    assert.deepEqual(
      unresolved.map(({ name, problem }) => [name, problem.layer]),
      [
        ['a', 'a'],
        ['b', 'a'],
        ['c', 'a'],
      ],
    );
  });

  it('says of an unknown operation that it is not known, and keeps its inputs for a drawing', () => {
    const { layers, unresolved } = assemble(
      [
        picture,
        plan('fft', { kind: 'Unknown', operation: 'RFFT2D' }, 'picture'),
        plan('table', { kind: 'Unknown', operation: 'Lookup' }),
        add('scores', 'fft', 'table'),
      ],
      ends,
    );
    assert.deepEqual(
      layers.map(({ name }) => name),
      ['picture'],
    );
    assert.deepEqual(
      unresolved.map(({ name, inputs, problem }) => [name, inputs, problem.sentence]),
      [
        ['fft', ['picture'], 'fft: RFFT2D is not an operation that is known here'],
        ['table', [], 'table: Lookup is not an operation that is known here'],
        ['scores', ['fft', 'table'], 'fft: RFFT2D is not an operation that is known here'],
      ],
    );
  });

  it('says which input is missing', () => {
    assert.deepEqual(outcome(picture, flatten('scores', 'pool')), {
      picture: '8 x 6 x 3',
      scores: 'scores: it is applied to pool, and no layer has that name',
    });
  });

  it('says where a cycle closes, and nothing of it runs', () => {
    assert.deepEqual(
      outcome(picture, add('a', 'picture', 'c'), flatten('b', 'a'), flatten('c', 'b')),
      {
        picture: '8 x 6 x 3',
        c: 'b: it is applied to a, which follows from it',
        b: 'b: it is applied to a, which follows from it',
        a: 'b: it is applied to a, which follows from it',
      },
    );
    assert.deepEqual(outcome(picture, flatten('a', 'a')), {
      picture: '8 x 6 x 3',
      a: 'a: it is applied to a, which follows from it',
    });
  });

  it('refuses two layers of one name', () => {
    assert.throws(
      () => assemble([picture, flatten('a', 'picture'), flatten('a', 'picture')], ends),
      (error) => error instanceof NetworkError && error.message === 'two layers are named a',
    );
  });

  it('says how many inputs a kind takes', () => {
    assert.deepEqual(
      outcome(
        picture,
        plan('again', { kind: 'InputLayer', shape: [2, 2, 1] }, 'picture'),
        plan('two', { kind: 'Flatten' }, 'picture', 'picture'),
        plan('none', { kind: 'Flatten' }),
        plan('nothing', { kind: 'Concatenate' }),
        add('alone', 'picture'),
        plan('three', { kind: 'Merge', operation: 'subtract' }, 'picture', 'picture', 'picture'),
      ),
      {
        picture: '8 x 6 x 3',
        again: 'again: InputLayer takes no input, got 1',
        two: 'two: Flatten takes one input, got 2',
        none: 'none: Flatten takes one input, got 0',
        nothing: 'nothing: Concatenate takes one input or more, got none',
        alone: 'alone: Add takes two inputs or more, got 1',
        three: 'three: Subtract takes two inputs, got 3',
      },
    );
  });

  it('says the arithmetic where inputs do not fit each other', () => {
    const { both, joined, gate } = outcome(
      picture,
      convolution('a', 'picture'),
      add('both', 'picture', 'a'),
      plan('joined', { kind: 'Concatenate' }, 'picture', 'a'),
      flatten('list', 'a'),
      plan('gate', { kind: 'Merge', operation: 'multiply' }, 'a', 'list'),
    );
    assert.equal(both, 'both: Add takes inputs of one shape, got 8 × 6 × 3 and 6 × 4 × 4');
    assert.equal(
      joined,
      'joined: Concatenate takes inputs that differ in channels only, got 8 × 6 × 3 and 6 × 4 × 4',
    );
    assert.equal(gate, 'gate: Multiply takes inputs of one shape, got 6 × 4 × 4 and 96');
  });

  it('is the same network for any order of its layers, each after its inputs', () => {
    const plans = [
      picture,
      convolution('a', 'picture'),
      convolution('b', 'picture'),
      convolution('bad', 'a', 7),
      add('sum', 'a', 'b'),
      flatten('after', 'bad'),
      flatten('scores', 'sum'),
    ];
    const expected = outcome(...plans);
    for (let turn = 0; turn < plans.length; turn++) {
      const turned = [...plans.slice(turn), ...plans.slice(0, turn)];
      for (const order of [turned, turned.toReversed()]) {
        assert.deepEqual(outcome(...order), expected);
        const { layers } = assemble(order, ends);
        for (const [at, { inputs }] of layers.entries()) {
          const before = layers.slice(0, at).map(({ name }) => name);
          assert.ok(inputs.every((name) => before.includes(name)));
        }
      }
    }
  });

  it('holds chains of any length, in any order', () => {
    const count = 30_000;
    const chain = Array.from({ length: count }, (_, at) =>
      plan(`n${at}`, { kind: 'Dropout', rate: 0.5 }, at === 0 ? 'picture' : `n${at - 1}`),
    );
    for (const plans of [[picture, ...chain], [...chain].reverse().concat(picture)]) {
      const { layers, unresolved } = assemble(plans, ends);
      assert.deepEqual([layers.length, unresolved.length], [count + 1, 0]);
      assert.equal(layers.at(-1)?.name, `n${count - 1}`);
    }
  });

  it('is looked up by name: a faulty layer answers with its sentence', () => {
    const network = assemble([picture, convolution('scores', 'picture', 9)], ends);
    assert.equal(inputName(network), 'picture');
    assert.throws(
      () => layerNamed(network, 'scores'),
      /^NetworkError: scores: kernel 9 does not fit input 8 x 6 with padding "valid"$/,
    );
    assert.throws(() => layerNamed(network, 'x'), /no layer is named "x"; there are picture/);
  });

  it('throws in the strict way the sentence that it keeps here', () => {
    const plans = [
      convolution('wide', 'picture', 9),
      plan('fc', { kind: 'Dense', units: 0, useBias: true, activation: 'linear' }, 'picture'),
      plan('odd', { kind: 'Unknown', operation: 'Odd' }, 'picture'),
      plan('two', { kind: 'Softmax' }, 'picture', 'picture'),
    ];
    const { layers, unresolved } = assemble([picture, ...plans], ends);
    const source = layers[0] as Layer;
    for (const [at, faulty] of plans.entries()) {
      assert.throws(
        () =>
          applyLayer(
            faulty,
            faulty.inputs.map(() => source),
          ),
        {
          name: 'NetworkError',
          message: unresolved[at]?.problem.sentence,
        },
      );
    }
  });
});
