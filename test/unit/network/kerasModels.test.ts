import { strict as assert } from 'node:assert';
import { blocks } from '../../../src/network/blocks';
import { summarize, type LayerSummary } from '../../../src/network/summary';
import { kerasModel, type KerasLayer } from '../../support/kerasPlans';

const models = [
  'residual',
  'inception',
  'mobile',
  'squeeze',
  'dilated',
  'grouped',
  'two_inputs',
  'two_outputs',
  'ResNet50',
  'DenseNet121',
  'InceptionV3',
  'MobileNetV2',
  'EfficientNetB0',
] as const;

/** A layer of Keras, and what the network has for it: parameters and multiply-adds of a separable one are those of both. */
function pairs(name: string): readonly (readonly [KerasLayer, LayerSummary])[] {
  const { network, layers } = kerasModel(name);
  const ours = summarize(network).layers;
  return layers.map((layer): readonly [KerasLayer, LayerSummary] => {
    const own = ours.find((each) => each.name === layer.name);
    assert.ok(own, layer.name);
    const parts = ours.filter((each) => each.name.startsWith(`${layer.name}/`));
    const sum = (key: 'parameters' | 'macs'): number =>
      [own, ...parts].reduce((total, each) => total + each[key], 0);
    return [layer, { ...own, parameters: sum('parameters'), macs: sum('macs') }];
  });
}

describe('a model of Keras', () => {
  for (const name of models) {
    it(`has the shapes and parameters that Keras computed: ${name}`, () => {
      for (const [keras, layer] of pairs(name)) {
        assert.deepEqual(layer.outputShape, keras.shape, keras.name);
        assert.equal(layer.parameters, keras.parameters, keras.name);
      }
    });

    it(`has multiply-adds that follow from Keras' parameters and shapes: ${name}`, () => {
      const biases = new Map(
        kerasModel(name).network.layers.map((layer) => [
          layer.name,
          layer.weights.find((weight) => weight.name === 'bias')?.shape[0] ?? 0,
        ]),
      );
      for (const [{ kind, shape, parameters, name: layer }, { macs }] of pairs(name)) {
        const kernel = parameters - (biases.get(layer) ?? 0);
        const cells = shape.length === 3 ? shape[0]! * shape[1]! : 1;
        const isCounted = kind === 'Dense' || kind.endsWith('Conv2D');
        assert.equal(macs, isCounted ? kernel * cells : 0, layer);
      }
    });
  }

  it('is resolved whole where there is a kind for each of its layers', () => {
    for (const name of models) {
      const { network, parameters } = kerasModel(name);
      assert.deepEqual(network.unresolved, [], name);
      assert.equal(summarize(network).totals.parameters, parameters, name);
    }
  });

  it('keeps what stands before an unknown operation, and says which one the rest follows from', () => {
    const faults = { mobile: 'SeparableConv2D', dilated: 'Cropping2D' } as const;
    for (const [name, kind] of Object.entries(faults)) {
      const { network, layers } = kerasModel(name, kind);
      const at = layers.findIndex((layer) => layer.kind === kind);
      assert.deepEqual(
        network.unresolved.map((layer) => layer.name),
        layers.slice(at).map((layer) => layer.name),
      );
      for (const { problem } of network.unresolved) {
        assert.equal(problem.layer, layers[at]?.name);
        assert.match(problem.sentence, /Odd is not an operation/);
      }
    }
  });

  it('has the multiply-adds of its paper, where that says a number', () => {
    // He et al. 2015, table 1; Sandler et al. 2018, table 4; Tan and Le 2019, table 2.
    const papers = { ResNet50: 3.8e9, MobileNetV2: 300e6, EfficientNetB0: 390e6 } as const;
    for (const [name, stated] of Object.entries(papers)) {
      const { macs } = summarize(kerasModel(name).network).totals;
      assert.ok(Math.abs(macs - stated) / stated < 0.02, `${name}: ${macs}, its paper ${stated}`);
    }
  });
});

/** How many blocks of each title, numbers left out. */
function counted(name: string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { title } of blocks(kerasModel(name).network)) {
    const kind = title.replace(/ \d+$/, '');
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

describe('blocks of known networks', () => {
  // Of InceptionV3 only its modules branch; of EfficientNetB0 nine blocks end in an addition, the others in a gate.
  const expected = {
    ResNet50: { 'residual block': 16 },
    DenseNet121: { 'parallel block': 58 },
    InceptionV3: { 'parallel block': 11 },
    EfficientNetB0: { 'residual block': 9, 'parallel block': 7 },
  } as const;
  for (const [name, wanted] of Object.entries(expected)) {
    it(`are what their papers draw: ${name}`, () => {
      const counts = counted(name);
      const chained = { 'conv block': counts['conv block'], classifier: 1 };
      assert.deepEqual(counts, { ...chained, ...wanted });
    });
  }

  it('hold every layer once, in running order, from the first block on', () => {
    for (const name of ['residual', 'inception', 'squeeze', 'ResNet50', 'InceptionV3'] as const) {
      const { network } = kerasModel(name);
      const inBlocks = blocks(network).flatMap(({ layers }) => layers);
      const all = network.layers.map((layer) => layer.name);
      assert.deepEqual(inBlocks, all.slice(all.indexOf(inBlocks[0] ?? '')), name);
    }
  });
});
