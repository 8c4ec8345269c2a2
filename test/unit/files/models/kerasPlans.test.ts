import { strict as assert } from 'node:assert';
import { WeightsError } from '../../../../src/files/bytes/weightsError';
import { kerasPlans } from '../../../../src/files/models/keras/kerasPlans';
import { assemble } from '../../../../src/network/assemble';
import type { Network } from '../../../../src/network/network';

const picture = {
  class_name: 'InputLayer',
  name: 'x',
  config: { batch_shape: [null, 8, 8, 4], name: 'x' },
  inbound_nodes: [],
};

/** An output of a layer, as Keras 3 writes it in a call. */
function tensor(layer: string, call = 0) {
  return { class_name: '__keras_tensor__', config: { keras_history: [layer, call, 0] } };
}

function called(...calls: readonly (readonly unknown[])[]) {
  return calls.map((args) => ({ args, kwargs: {} }));
}

function functional(layers: readonly unknown[], output: readonly unknown[]): unknown {
  const config = { name: 'm', layers, input_layers: ['x', 0, 0], output_layers: output };
  return { class_name: 'Functional', config };
}

function networkOf(config: unknown): Network {
  const { plans, ...ends } = kerasPlans(config, { isKeras2: false, size: [224, 224] });
  return assemble(plans, ends);
}

/** The one layer of an operation on the picture. */
function operation(className: string, args: readonly unknown[], config = {}) {
  const op = {
    class_name: className,
    module: 'keras.src.ops.numpy',
    name: 'op',
    config: { name: 'op', ...config },
    inbound_nodes: called(args),
  };
  const { layers, unresolved } = networkOf(functional([picture, op], ['op', 0, 0]));
  const layer = layers.find(({ name }) => name === 'op');
  return layer ?? unresolved[0]?.settings;
}

describe('operations that Keras saves as layers', () => {
  const x = tensor('x');
  const part = (
    start: number | null = null,
    stop: number | null = null,
    step: number | null = null,
  ) => ({
    class_name: '__slice__',
    config: { start, stop, step },
  });
  const numbers = (value: unknown) => ({ class_name: '__numpy__', config: { value } });
  const cases = [
    ['Multiply', [x, numbers([1, 2, 3, 4])], {}, { kind: 'Rescaling', scale: [1, 2, 3, 4] }],
    ['Subtract', [2, x], {}, { kind: 'Rescaling', scale: -1, offset: 2 }],
    ['TrueDivide', [x, 4], {}, { kind: 'Rescaling', scale: 0.25, offset: 0 }],
    // An array along another axis than the channels is no factor of theirs, nor the first of its numbers.
    ['Multiply', [x, numbers([[[1], [2]]])], {}, { kind: 'Unknown', operation: 'Multiply' }],
    ['Gelu', [x], { approximate: true }, { kind: 'Activation', activation: 'gelu_tanh' }],
    ['Gelu', [x], { approximate: false }, { kind: 'Activation', activation: 'gelu' }],
    ['Mean', [x], { axis: [1, 2], keepdims: true }, { kind: 'GlobalAveragePooling2D' }],
    ['Mean', [x], { axis: [1] }, { kind: 'Unknown', operation: 'Mean' }],
    ['Transpose', [x], { axes: [0, 2, 1, 3] }, { kind: 'Permute', axes: [1, 0, 2] }],
    ['GetItem', [x], {}, { kind: 'Unknown', operation: 'GetItem' }],
    ['GetItem', [x, [part(), part(1, -2), part(null, null, 3)]], {}, { kind: 'Slice', starts: [1, 0, 0], steps: [1, 3, 1], counts: [5, 3, 4] }], // prettier-ignore
    ['GetItem', [x, [part(), null, part()]], {}, { kind: 'Unknown', operation: 'GetItem' }],
  ] as const;
  for (const [name, args, config, wanted] of cases) {
    it(`${name} ${JSON.stringify(config)} of ${args.length} is ${JSON.stringify(wanted)}`, () => {
      const layer: Readonly<Record<string, unknown>> = { ...operation(name, args, config) };
      for (const [key, value] of Object.entries(wanted)) assert.deepEqual(layer[key], value, key);
    });
  }
});

describe('models within models', () => {
  const convolution = {
    class_name: 'Conv2D',
    name: 'c',
    config: { name: 'c', filters: 4, kernel_size: [1, 1] },
  };
  const inner = { name: 'inner', layers: [convolution] };

  it('may be called again on what they gave; Keras 3 counts from 0 among calls and from 1 among outputs', () => {
    const block = {
      class_name: 'Sequential',
      name: 'inner',
      config: inner,
      inbound_nodes: called([tensor('x')], [tensor('inner', 0)]),
    };
    const network = networkOf(functional([picture, block], ['inner', 2, 0]));
    assert.deepEqual(network.unresolved, []);
    assert.deepEqual(network.outputs, ['inner/c:1']);
    const [first, second] = network.layers.filter(({ kind }) => kind === 'Conv2D');
    assert.deepEqual([first?.inputs, second?.inputs], [['x'], ['inner/c']]);
    assert.equal(second?.weightsOf, 'inner/c');
    assert.deepEqual(second.weights, []);
  });

  it('that call each other without end, or nest too deep, are refused', () => {
    let config: unknown = { class_name: 'Sequential', name: 'm0', config: inner };
    for (let depth = 1; depth < 12; depth++) {
      const layer = config as object;
      const twice = {
        ...layer,
        inbound_nodes: called([tensor('x')], [tensor(`m${depth - 1}`, 0)]),
      };
      const whole = functional([picture, twice], [`m${depth - 1}`, 2, 0]) as object;
      config = { ...whole, name: `m${depth}` };
    }
    assert.throws(() => networkOf(config), WeightsError);
  });

  it('of the author’s own are known by their name, whatever they are called', () => {
    const own = {
      class_name: 'LayerScale',
      registered_name: 'acme>LayerScale',
      name: 'own',
      config: { name: 'own' },
      inbound_nodes: called([tensor('x')]),
    };
    const { unresolved } = networkOf(functional([picture, own], ['own', 0, 0]));
    assert.match(unresolved[0]?.problem.sentence ?? '', /^own: LayerScale is not an operation/);
  });
});
