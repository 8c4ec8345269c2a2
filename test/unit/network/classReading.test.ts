import { strict as assert } from 'node:assert';
import { library } from '../../../src/library/alexNets';
import { assemble } from '../../../src/network/assemble';
import { classReading } from '../../../src/network/classReading';
import type { LayerSettings } from '../../../src/network/layers/layer';
import type { Network } from '../../../src/network/network';

/** A picture, and layers one after the other, named by their places. */
function chain(...settings: readonly LayerSettings[]): Network {
  const all: readonly LayerSettings[] = [{ kind: 'InputLayer', shape: [8, 8, 3] }, ...settings];
  const plans = all.map((each, at) => {
    return { name: `l${at}`, settings: each, inputs: at === 0 ? [] : [`l${at - 1}`] };
  });
  return assemble(plans, { inputs: ['l0'], outputs: [`l${all.length - 1}`] });
}

const flatten = { kind: 'Flatten' } as const;
const dense = (units: number, activation: 'linear' | 'softmax' | 'sigmoid' | 'relu') =>
  ({ kind: 'Dense', units, useBias: true, activation }) as const;

describe('the classes that a network tells', () => {
  it('are a softmax of logits in every AlexNet', () => {
    for (const { network } of library) assert.deepEqual(classReading(network), { kind: 'softmax' });
  });

  it('are so where the output is a softmax, within a layer or a layer of its own, and where it is logits', () => {
    const softmax = { kind: 'Softmax' } as const;
    for (const ends of [[dense(4, 'softmax')], [dense(4, 'linear'), softmax], [dense(4, 'linear')]])
      assert.deepEqual(classReading(chain(flatten, ...ends)), { kind: 'softmax' });
  });

  it('have their probabilities already after a sigmoid, of one class too, and where a softmax is handed on', () => {
    assert.deepEqual(classReading(chain(flatten, dense(1, 'sigmoid'))), { kind: 'probabilities' });
    const handedOn = chain(flatten, dense(4, 'softmax'), { kind: 'Dropout', rate: 0.5 });
    assert.deepEqual(classReading(handedOn), { kind: 'probabilities' });
  });

  it('are none where the output is a map, one number, other values, or unknown: a sentence says why', () => {
    const why = (network: Network): string => {
      const reading = classReading(network);
      return reading.kind === 'none' ? reading.why : reading.kind;
    };
    assert.equal(why(chain()), 'l0 gives 8 × 8 × 3 values, not a number for each class.');
    assert.equal(why(chain(flatten, dense(1, 'linear'))), 'l2 gives one number, not a class.');
    assert.equal(
      why(chain(flatten, dense(4, 'relu'))),
      'l2 ends in relu: its values are no probabilities.',
    );
    assert.match(why(chain(dense(0, 'linear'))), /^l1: .*\.$/);
  });
});
