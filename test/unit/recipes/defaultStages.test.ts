import { strict as assert } from 'node:assert';
import { keras } from '../../../src/library/keras';
import { torchvisionImageNet } from '../../../src/network/preprocess/preprocess';
import { defaultStages } from '../../../src/recipes/defaultStages';
import { ofPlainPixels } from '../../../src/recipes/standardised';

const classes = [0, 217, 482];

describe('the stages of the default weights', () => {
  const [convolutions, classifier, ...rest] = defaultStages(classes);
  const layersOf = ({ layers }: typeof keras.network): readonly string[] =>
    layers.filter(({ weights }) => weights.length > 0).map(({ name }) => name);

  it('begin with the convolutions of the network itself', () => {
    const { network } = convolutions!.document;
    assert.deepEqual(network.unresolved, []);
    for (const { name, weights } of network.layers) {
      const own = keras.network.layers.find((layer) => layer.name === name);
      if (own && own.kind !== 'InputLayer') assert.deepEqual(weights, own.weights, name);
    }
    assert.deepEqual(classes.map(convolutions!.outputOf), [0, 1, 2]);
  });

  it('leave the hidden dense layers as they are drawn', () => {
    assert.deepEqual(layersOf(keras.network).filter(classifier!.learns), ['fc8']);
    assert.equal(rest.length, 0);
  });

  it('hand on a first convolution that makes the same of plain pixels', () => {
    const { mean, std } = torchvisionImageNet;
    const value = (at: number): number => Math.fround(Math.sin(at * 12.9898));
    const kernel = Float32Array.from({ length: 2 * 2 * 3 * 2 }, (_, at) => value(at));
    const weights = new Map([
      ['conv1.kernel', kernel],
      ['conv1.bias', Float32Array.of(0.5, -0.25)],
    ]);
    const plain = ofPlainPixels(weights, 'conv1');
    const sums = (of: typeof plain, pixels: readonly number[]): readonly number[] =>
      [0, 1].map((filter) =>
        pixels.reduce(
          (sum, pixel, at) => sum + pixel * of.get('conv1.kernel')![2 * at + filter]!,
          of.get('conv1.bias')![filter]!,
        ),
      );
    const pixels = Array.from({ length: 12 }, (_, at) => Math.abs(value(at + 100)));
    const standard = pixels.map((pixel, at) => (pixel - mean[at % 3]!) / std[at % 3]!);
    const expected = sums(weights, standard);
    for (const [filter, sum] of sums(plain, pixels).entries()) {
      assert.ok(Math.abs(sum - expected[filter]!) < 1e-5, `${sum}, not ${expected[filter]}`);
    }
  });
});
