import { strict as assert } from 'node:assert';
import { type AlexNetId, alexNetIds, alexNets, library } from '../../../src/library/alexNets';
import type { Layer, WeightSpec } from '../../../src/network/layers/layer';
import type { FoundTensor } from '../../../src/files/matching/assignTensors';
import { matchDocument, type Match } from '../../../src/files/matching/matchDocument';
import { shapeIn } from '../../../src/files/matching/weightLayout';

type Layout = Parameters<typeof shapeIn>[0];
type Name = (layer: Layer, spec: WeightSpec, index: number) => string;

/** A variant's tensors under names and in a layout of some other program. */
function tensors(
  variant: AlexNetId,
  name: Name = ({ name: layer }, spec) => `${layer}.${spec.name}`,
  layout: Layout = 'outputs last',
): readonly FoundTensor[] {
  let index = 0;
  return alexNets[variant].network.layers.flatMap((layer) =>
    layer.weights.map((spec) => ({
      name: name(layer, spec, index++),
      shape: shapeIn(layout, spec),
    })),
  );
}

/** Matches with the shown document first, then the others of the library. */
function matchShown(found: readonly FoundTensor[], shown: AlexNetId): Match {
  const others = library.filter(({ id }) => id !== shown);
  return matchDocument(found, [alexNets[shown], ...others]);
}

const word = ({ name }: WeightSpec): string => (name === 'kernel' ? 'weight' : name);
const caffe2: Name = ({ name }, spec) => `${name}_${spec.name.charAt(0).replace('k', 'w')}_0`;
const torchIndex = [0, 3, 6, 8, 10, 1, 4, 6];
const torch: Name = (_, spec, index) => {
  const layer = Math.floor(index / 2);
  return `${layer < 5 ? 'features' : 'classifier'}.${torchIndex[layer]}.${word(spec)}`;
};
const counted: Readonly<Record<string, string>> = {
  conv: 'conv2d',
  fc: 'dense',
  bn: 'batch_normalization',
};
/** Keras' own names of layers without one, in a session that had made others before. */
const automatic: Name = ({ name }, spec) =>
  `${counted[name.replace(/\d/, '')]}_${Number(name.slice(-1)) + 20}/${spec.name}:0`;

const byText = (found: readonly FoundTensor[]): readonly FoundTensor[] =>
  [...found].sort((a, b) => (a.name < b.name ? -1 : 1));

const readable: readonly { what: string; found: readonly FoundTensor[]; variant: AlexNetId }[] = [
  ...alexNetIds.map((variant) => ({
    what: `${variant} under our own names`,
    found: tensors(variant),
    variant,
  })),
  {
    what: "PyTorch's names and layout",
    found: tensors('torchvision', torch, 'outputs first'),
    variant: 'torchvision',
  },
  {
    what: "PyTorch's names sorted as text, where features.10 comes before features.3",
    found: byText(tensors('torchvision', torch, 'outputs first')),
    variant: 'torchvision',
  },
  {
    what: "the model zoo's names",
    found: tensors('bvlc', caffe2, 'outputs first'),
    variant: 'bvlc',
  },
  { what: "Keras' automatic names", found: tensors('keras', automatic), variant: 'keras' },
  {
    what: "another program's batch norms, named by their place",
    found: tensors('keras').map(({ name, shape }) => ({ name: name.replace('bn5', 'bn3'), shape })),
    variant: 'keras',
  },
  {
    what: 'names that say nothing, in order',
    found: tensors('keras', (_, __, index) => `arr_${index}`),
    variant: 'keras',
  },
];

describe('a file is matched to the network by', () => {
  for (const { what, found, variant } of readable) {
    it(what, () => {
      const match = matchShown(found, variant);
      assert.equal(match.documentId, variant);
      const expected = tensors(variant).map(({ name }) => name);
      assert.deepEqual(match.weights.map(({ key }) => key).sort(), [...expected].sort());
      assert.equal(new Set(match.weights.map(({ tensor }) => tensor)).size, expected.length);
    });
  }

  it('every tensor to its own layer, where shapes alone would not tell', () => {
    const found = byText(tensors('torchvision', torch, 'outputs first'));
    const byKey = new Map(
      matchShown(found, 'keras').weights.map(({ key, tensor }) => [key, tensor.name]),
    );
    assert.equal(byKey.get('conv4.bias'), 'features.8.bias');
    assert.equal(byKey.get('conv5.bias'), 'features.10.bias');
    assert.equal(byKey.get('fc6.bias'), 'classifier.1.bias');
    assert.equal(byKey.get('fc7.bias'), 'classifier.4.bias');
  });

  it("a square kernel takes its neighbours' layout", () => {
    const square = Float32Array.from({ length: 4096 * 4096 }, (_, i) => i % 8191);
    const at = (layout: Layout): number => {
      const { weights } = matchShown(tensors('bvlc', undefined, layout), 'bvlc');
      const result = new Float32Array(square.length);
      weights.find(({ key }) => key === 'fc7.kernel')!.placing(result, square, 0);
      return result[1]!;
    };
    assert.equal(at('outputs last'), 1);
    assert.equal(at('outputs first'), 4096);
  });
});

describe('a file is refused that', () => {
  const renamed = (from: string, tensor: Partial<FoundTensor>): readonly FoundTensor[] =>
    tensors('bvlc').map((one) => (one.name === from ? { ...one, ...tensor } : one));
  const refused: readonly {
    why: string;
    found: readonly FoundTensor[];
    shown?: AlexNetId;
    message: RegExp;
  }[] = [
    {
      why: 'has a wrong shape',
      found: renamed('conv2.kernel', { shape: [5, 5, 47, 256] }),
      message: /conv2\.kernel has shape \[5, 5, 47, 256\], expected \[5, 5, 48, 256\]$/,
    },
    {
      why: 'knows other classes, in its own layout',
      found: tensors('torchvision', torch, 'outputs first').map((one) =>
        one.name.startsWith('classifier.6') ? { ...one, shape: [10, ...one.shape.slice(1)] } : one,
      ),
      shown: 'keras',
      message:
        /^WeightsError: classifier\.6\.weight has shape \[10, 4096\], expected \[1000, 4096\]$/,
    },
    {
      why: "lacks the batch norms' weights",
      found: tensors('keras').filter(({ name }) => !name.startsWith('bn')),
      shown: 'keras',
      message: /bn1\.gamma is missing: expected shape \[96\]/,
    },
    {
      why: 'lacks a bias',
      found: tensors('bvlc').filter(({ name }) => name !== 'conv3.bias'),
      message: /conv3\.bias is missing: expected shape \[384\]/,
    },
    {
      why: 'holds a tensor that belongs nowhere',
      found: [...tensors('bvlc'), { name: 'fc9.kernel', shape: [1] }],
      message: /fc9\.kernel belongs to no layer/,
    },
    {
      why: 'holds one too many in a layer',
      found: [...tensors('bvlc'), { name: 'conv2.extra', shape: [1] }],
      message: /conv2\.extra belongs to no layer/,
    },
    { why: 'holds nothing', found: [], message: /conv1\.kernel is missing.*holds nothing more/ },
    {
      why: 'names its tensors like inherited properties',
      found: [{ name: 'constructor.__proto__', shape: [1] }],
      message: /conv1\.kernel is missing/,
    },
  ];
  for (const { why, found, shown = 'bvlc', message } of refused) {
    it(why, () => {
      assert.throws(() => matchShown(found, shown), message);
    });
  }
});

describe('where several variants fit', () => {
  it('the shown one wins', () => {
    for (const shown of ['paper', 'bvlc', 'caffenet'] as const) {
      assert.equal(matchShown(tensors('bvlc'), shown).documentId, shown);
    }
    assert.equal(matchShown(tensors('bvlc'), 'torchvision').documentId, 'paper');
  });
});

describe('a file that holds more or says less than a network', () => {
  const own = tensors('torchvision', torch, 'outputs first');
  const extra = (name: string, ...shape: readonly number[]): FoundTensor => ({ name, shape });

  it('is read without what belongs to no layer, which is named', () => {
    const spare = [extra('criterion.weight', 1000), extra('normalizer.mean', 1, 3, 1, 1)];
    const { documentId, leftOut, weights } = matchShown([...own, ...spare], 'keras');
    assert.equal(documentId, 'torchvision');
    assert.equal(weights.length, own.length);
    assert.deepEqual(leftOut, ['criterion.weight', 'normalizer.mean']);
  });

  for (const [what, ...more] of [
    ['a batch norm that the network does not have', extra('features.1.weight', 64)],
    ['running means', extra('norm.running_mean', 3)],
    ['a second head', extra('auxiliary.weight', 1000, 4096)],
    ['a list as long as a layer', extra('gate.scale', 256)],
  ] as const)
    it(`is refused for ${what}`, () =>
      assert.throws(() => matchShown([...own, ...more], 'torchvision'), /belongs to no layer/));

  it('has lists with axes of one around them', () => {
    const wrapped = own.map(({ name, shape }) =>
      shape.length === 1 ? extra(name, 1, 1, 1, ...shape) : extra(name, ...shape),
    );
    assert.equal(matchShown(wrapped, 'torchvision').documentId, 'torchvision');
  });

  it('fits all networks of its shapes', () => {
    const { documentId, alsoFits } = matchShown(tensors('bvlc'), 'bvlc');
    assert.equal(documentId, 'bvlc');
    assert.deepEqual([...alsoFits].sort(), ['caffenet', 'paper']);
    assert.deepEqual(matchShown(own, 'torchvision').alsoFits, []);
  });
});
