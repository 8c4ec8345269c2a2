import { strict as assert } from 'node:assert';
import { nothingBeside } from '../../../src/files/bytes/openBeside';
import { examineWeights } from '../../../src/files/examineWeights';
import type { FoundTensor } from '../../../src/files/matching/assignTensors';
import { shapeIn } from '../../../src/files/matching/weightLayout';
import { openWeightsFile } from '../../../src/files/weightsFile';
import { type AlexNetId, alexNets, library } from '../../../src/library/alexNets';
import { withClassCount } from '../../../src/network/classCount';
import { hollowFile } from '../../support/hollowFile';

/** A variant's tensors, maybe with other classes, by this project's names. */
function tensors(variant: AlexNetId, prefix = '', classes = 1000): readonly FoundTensor[] {
  const network = withClassCount(alexNets[variant].network, classes);
  assert.ok(network);
  return network.layers.flatMap((layer) =>
    layer.weights.map((spec) => ({
      name: `${prefix}${layer.name}.${spec.name}`,
      shape: spec.shape,
    })),
  );
}

/** The same as PyTorch names and lays them out. */
function torchTensors(classes: number): readonly FoundTensor[] {
  const places = [
    ...[0, 3, 6, 8, 10].map((at) => `features.module.${at}`),
    ...[1, 4, 6].map((at) => `classifier.${at}`),
  ];
  const network = withClassCount(alexNets.torchvision.network, classes);
  assert.ok(network);
  const weighted = network.layers.filter(({ weights }) => weights.length > 0);
  return weighted.flatMap((layer, at) =>
    layer.weights.map((spec) => ({
      name: `${places[at]}.${spec.name === 'kernel' ? 'weight' : 'bias'}`,
      shape: shapeIn('outputs first', spec),
    })),
  );
}

const shownFirst = (shown: AlexNetId) => [
  alexNets[shown],
  ...library.filter(({ id }) => id !== shown),
];
const examine = (found: readonly FoundTensor[], shown: AlexNetId = 'keras') =>
  examineWeights(hollowFile(found), shownFirst(shown), nothingBeside);
const open = (found: readonly FoundTensor[], set?: string) =>
  openWeightsFile(hollowFile(found), shownFirst('keras'), nothingBeside, set);

describe('what a file of weights leaves open', () => {
  it('is nothing where it fits one network, by all that it holds', async () => {
    const { sets, usual } = await examine(tensors('torchvision'));
    assert.deepEqual(sets, [{ key: '', fits: [{ documentId: 'torchvision' }] }]);
    assert.equal(usual, '');
  });

  it('is which of the networks that normalise otherwise, the paper last but where it is shown', async () => {
    const fits = async (shown: AlexNetId) =>
      (await examine(tensors('bvlc'), shown)).sets[0]?.fits.map(({ documentId }) => documentId);
    assert.deepEqual(await fits('keras'), ['bvlc', 'caffenet', 'paper']);
    assert.deepEqual(await fits('paper'), ['paper', 'bvlc', 'caffenet']);
  });

  it('is which of several sets under prefixes, where each is complete', async () => {
    const two = [...tensors('keras', 'model.'), ...tensors('keras', 'model_ema.module.')];
    const { sets, usual } = await examine(two);
    assert.deepEqual(
      sets.map(({ key }) => key),
      ['model', 'model_ema'],
    );
    assert.equal(usual, 'model');
  });

  it('is not a set that lacks a tensor', async () => {
    const part = tensors('keras', 'ema.').slice(1);
    const { sets } = await examine([...tensors('keras', 'net.'), ...part]);
    assert.deepEqual(
      sets.map(({ key }) => key),
      ['net'],
    );
  });

  it('is read of the usual set where nobody says which, and of the one that was said', async () => {
    const two = [...tensors('keras', 'ema.'), ...tensors('keras', 'student.')];
    const usual = await open(two);
    assert.deepEqual([usual.set, usual.otherSets], ['student', ['ema']]);
    assert.equal(usual.weights.size, tensors('keras').length);
    assert.equal((await open(two, 'ema')).set, 'ema');
    assert.equal((await open(two, 'gone')).set, 'student');
  });

  it('is refused by the keys of sets none of which is usual', async () => {
    const two = [...tensors('keras', 'encoder_a.'), ...tensors('keras', 'encoder_b.')];
    assert.equal((await examine(two)).usual, undefined);
    await assert.rejects(
      open(two),
      /several complete sets of weights, under encoder_a, encoder_b: which is meant has to be chosen/,
    );
  });

  it('is not what lies beside the only complete set, which is named', async () => {
    const more = { name: 'decoder.weight', shape: [7, 7, 3] };
    const { set, leftOut } = await open([...tensors('keras', 'encoder.'), more]);
    assert.deepEqual([set, leftOut], ['encoder', ['decoder.weight']]);
  });
});

describe('a file of other classes', () => {
  for (const [what, found, fits] of [
    ['365, by PyTorch’s names', torchTensors(365), ['torchvision']],
    ['2', tensors('keras', '', 2), ['keras']],
    ['20, where several networks fit', tensors('bvlc', '', 20), ['bvlc', 'caffenet', 'paper']],
    ['more than ImageNet has', tensors('torchvision', '', 21841), ['torchvision']],
    ['as many as a hidden layer’s units', tensors('torchvision', '', 4096), ['torchvision']],
    ['10, under a prefix', tensors('torchvision', 'model.backbone.', 10), ['torchvision']],
  ] as const)
    it(`is for a network with as many: ${what}`, async () => {
      const { sets } = await examine(found);
      const classes = found.at(-1)?.shape[0];
      assert.deepEqual(
        sets.map((set) => set.fits),
        [fits.map((documentId) => ({ documentId, classes }))],
      );
    });

  it('is the network’s own where that has them, and may be the library’s', async () => {
    const network = withClassCount(alexNets.keras.network, 10);
    assert.ok(network);
    const origin = { kind: 'trained', name: 'pets', uri: 'file:///pets', base: 'keras' } as const;
    const trained = { ...alexNets.keras, id: 'trained', origin, network };
    const found = hollowFile(tensors('keras', '', 10));
    const { sets } = await examineWeights(found, [...library, trained], nothingBeside);
    assert.deepEqual(sets[0]?.fits, [
      { documentId: 'trained' },
      { documentId: 'keras', classes: 10 },
    ]);
  });

  it('is refused where another layer differs too', async () => {
    const other = tensors('torchvision', '', 10).map((one) =>
      one.name === 'fc7.bias' ? { ...one, shape: [4095] } : one,
    );
    await assert.rejects(examine(other), /fc7\.bias has shape \[4095\], expected \[4096\]/);
  });
});
