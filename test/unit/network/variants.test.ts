import { strict as assert } from 'node:assert';
import { alexNetIds, alexNets } from '../../../src/library/alexNets';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { blocks } from '../../../src/network/blocks';
import { parameterFormula } from '../../../src/network/summary';
import { layerNamed } from '../../../src/network/network';
import { summarize } from '../../../src/network/summary';
import { readOracle } from '../../support/oracle';

/** The design's table; not trainable are the two moving statistics of each batch norm. */
const totals = {
  keras: { parameters: 62_380_776, notTrainable: 1_216, macs: 1_139_124_224 },
  paper: { parameters: 60_965_224, notTrainable: 0, macs: 724_406_816 },
  bvlc: { parameters: 60_965_224, notTrainable: 0, macs: 724_406_816 },
  caffenet: { parameters: 60_965_224, notTrainable: 0, macs: 724_406_816 },
  torchvision: { parameters: 61_100_840, notTrainable: 0, macs: 714_188_480 },
} as const;

describe('the variants', () => {
  for (const id of alexNetIds) {
    it(`${id} has the published totals`, () => {
      const { parameters, trainableParameters, macs } = summarize(alexNets[id].network).totals;
      const notTrainable = parameters - trainableParameters;
      assert.deepEqual({ parameters, notTrainable, macs }, totals[id]);
    });

    it(`${id} has the layers and shapes that the other framework has, in its order`, () => {
      const oracle = readOracle(id, 1);
      const { layers } = summarize(alexNets[id].network);
      assert.deepEqual(layers[0]?.outputShape, oracle.input);
      const ours = layers.filter(({ name }) => oracle.layers.some((layer) => layer.name === name));
      assert.deepEqual(
        ours.map(({ name, outputShape }) => ({ name, shape: outputShape })),
        oracle.layers.map(({ name, shape }) => ({ name, shape })),
      );
    });

    it(`${id} gives every layer a reason`, () => {
      const { network, reasons } = alexNets[id];
      for (const { name } of network.layers)
        assert.ok(reasons[name]?.text, `${name} has no reason`);
    });

    it(`${id} puts every layer but the input into one block`, () => {
      const { network } = alexNets[id];
      const names = blocks(network).flatMap((block) => block.layers);
      assert.deepEqual(
        names,
        network.layers.slice(1).map(({ name }) => name),
      );
      assert.deepEqual(
        blocks(network).map(({ title }) => title),
        [
          'conv block 1',
          'conv block 2',
          'conv block 3',
          'conv block 4',
          'conv block 5',
          'classifier',
        ],
      );
    });
  }

  it('writes parameter counts out', () => {
    const formula = (id: keyof typeof alexNets, name: string): string | undefined =>
      parameterFormula(layerNamed(alexNets[id].network, name));
    assert.equal(formula('keras', 'conv1'), '11·11·3·96 + 96 = 34,944');
    assert.equal(formula('keras', 'bn1'), '4·96 = 384');
    assert.equal(formula('bvlc', 'conv2'), '5·5·48·256 + 256 = 307,456');
    assert.equal(formula('keras', 'fc6'), '9216·4096 + 4096 = 37,752,832');
    assert.equal(formula('keras', 'pool1'), undefined);
  });

  it('knows what one cell sees of the picture', () => {
    const { layers } = summarize(alexNets.keras.network);
    const field = (name: string): number[] => {
      const { rows, columns } = layers.find((layer) => layer.name === name)!.receptiveField;
      assert.deepEqual(columns, rows);
      const { size, stride, start } = rows;
      return [size, stride, start];
    };
    assert.deepEqual(field('conv1'), [11, 4, -3]);
    assert.deepEqual(field('pool1'), [19, 8, -3]);
    assert.deepEqual(field('conv2'), [51, 8, -19]);
    assert.deepEqual(field('conv5'), [163, 16, -67]);
    assert.deepEqual(field('flatten'), [195, 32, -67]);
    assert.deepEqual(field('fc6'), [355, 32, -67]);
  });
});

interface KerasConfig {
  readonly config: {
    readonly layers: readonly {
      readonly class_name: string;
      readonly config: Readonly<Record<string, unknown>>;
    }[];
  };
}

describe('the default network is the one a real Keras saved (keras3.config.json)', () => {
  const path = resolve('test/fixtures/weights/keras3.config.json');
  const saved = (JSON.parse(readFileSync(path, 'utf8')) as KerasConfig).config.layers;
  const { layers } = alexNets.keras.network;

  it('has the same layers of the same classes in the same order', () => {
    assert.deepEqual(
      layers.map(({ name, kind }) => [name, kind]),
      saved.map(({ class_name, config }) => [config['name'], class_name]),
    );
  });

  for (const [index, { class_name, config }] of saved.entries()) {
    it(`${String(config['name'])} has Keras' settings`, () => {
      const layer = layers[index]!;
      assert.equal(layer.kind, class_name);
      switch (layer.kind) {
        case 'InputLayer':
          assert.deepEqual([null, ...layer.outputShape], config['batch_shape']);
          return;
        case 'Conv2D': {
          const { filters, kernel, stride, padding, groups, activation } = layer;
          const ours = {
            filters,
            kernel_size: kernel,
            strides: stride,
            padding,
            groups,
            activation,
          };
          for (const [key, value] of Object.entries(ours))
            assert.deepEqual(value, config[key], key);
          return;
        }
        case 'BatchNormalization':
          assert.equal(layer.epsilon, config['epsilon']);
          return;
        case 'MaxPooling2D':
          assert.deepEqual(layer.pool, config['pool_size']);
          assert.deepEqual(layer.stride, config['strides']);
          assert.equal(layer.padding, config['padding']);
          return;
        case 'Dense':
          assert.equal(layer.units, config['units']);
          assert.equal(layer.activation, config['activation']);
          return;
        case 'Dropout':
          assert.equal(layer.rate, config['rate']);
          return;
        case 'Flatten':
          return;
        default:
          assert.fail(`${layer.kind} is not one of Keras' layers here`);
      }
    });
  }
});
