import { strict as assert } from 'node:assert';
import { checkLearnable } from '../../../src/engine/train/learnable';
import { whyNotTrained } from '../../../src/host/train/learningNetwork';
import { library } from '../../../src/library/alexNets';
import { assemble, type LayerPlan } from '../../../src/network/assemble';
import type { LayerSettings, SettingsOf } from '../../../src/network/layers/layer';
import type { Network } from '../../../src/network/network';

/** Layers one after the other, called by their kinds and places. */
function chain(channels: number, ...settings: readonly LayerSettings[]): Network {
  const all: readonly LayerSettings[] = [
    { kind: 'InputLayer', shape: [8, 8, channels] },
    ...settings,
  ];
  const nameOf = (at: number): string => `${all[at]?.kind ?? ''}${at}`;
  const plans = all.map((each, at): LayerPlan => {
    return { name: nameOf(at), settings: each, inputs: at === 0 ? [] : [nameOf(at - 1)] };
  });
  return assemble(plans, { inputs: [nameOf(0)], outputs: [nameOf(all.length - 1)] });
}

const flatten = { kind: 'Flatten' } as const;
const dense = (activation: 'linear' | 'sigmoid') =>
  ({ kind: 'Dense', units: 4, useBias: true, activation }) as const;
const convolution = (own: Partial<SettingsOf<'Conv2D'>>): SettingsOf<'Conv2D'> => ({
  ...{ kind: 'Conv2D', filters: 4, kernel: [3, 3], stride: [1, 1], dilation: [1, 1] },
  ...{ padding: 'same', groups: 1, useBias: true, activation: 'linear' },
  ...own,
});

describe('a network that is to be trained', () => {
  const why = (network: Network) => whyNotTrained({ title: 'mine.keras', network });

  it('may be one that takes colours and gives classes by softmax', () => {
    assert.deepEqual(
      library.filter((document) => whyNotTrained(document) !== undefined),
      [],
    );
    assert.equal(why(chain(3, flatten, dense('linear'))), undefined);
  });

  for (const [what, network, words] of [
    ['takes grey', chain(1, flatten, dense('linear')), /: its pictures have 1 channel, not three$/],
    [
      'gives maps',
      chain(3, convolution({})),
      /gives 8 × 8 × 4 values, not a number for each class/,
    ],
    ['gives probabilities', chain(3, flatten, dense('sigmoid')), /its output is probabilities/],
    ['has a layer at fault', chain(3, convolution({ filters: 0 })), /: Conv2D1: .*0/],
  ] as const)
    it(`is refused in a sentence where it ${what}`, () => {
      assert.match(why(network) ?? '', words);
      assert.match(why(network) ?? '', /^mine\.keras cannot be trained: /);
    });

  it('is refused by the layer that no gradient goes through, where one has to', () => {
    const depthwise = convolution({ filters: 8, groups: 4 });
    const network = chain(3, convolution({}), depthwise, flatten, dense('linear'));
    const check = (learning: readonly string[], backend: string): void =>
      checkLearnable(network, new Set(learning), backend);
    const refused = {
      message:
        'Conv2D2 cannot learn, nor any layer before it: WebAssembly has no gradient for depthwise convolutions, ' +
        'native TensorFlow has; choose a later layer to learn from, or the classifier alone',
    };
    for (const first of ['Conv2D1', 'Conv2D2'])
      assert.throws(() => check([first, 'Dense4'], 'wasm'), refused);
    check(['Dense4'], 'wasm');
    check(['Conv2D1', 'Conv2D2', 'Dense4'], 'tensorflow');
    const gaps = chain(3, convolution({ dilation: [2, 1] }), flatten, dense('linear'));
    assert.throws(
      () => checkLearnable(gaps, new Set(['Conv2D1']), 'tensorflow'),
      /^EngineError: Conv2D1 cannot learn, .*convolutions with gaps/,
    );
  });
});
