import * as tf from '@tensorflow/tfjs-core';
import { strict as assert } from 'node:assert';
import { imagine } from '../../../../src/engine/explain/imagine';
import {
  activation,
  conv2d,
  dense,
  flatten,
  input,
  maxPool2d,
  model,
} from '../../../../src/network/functional';
import { inputShape } from '../../../../src/network/inputShape';
import { caffeImageNet, stretchToUnit } from '../../../../src/network/preprocess/preprocess';
import { Sight } from '../../../../src/network/sight';
import { contains } from '../../../../src/network/tensor/span';
import type { Imagined, ImagineParams, ImagineProgress } from '../../../../src/protocol/imagining';
import { TinyExplainer, withBias } from '../../../support/explainTiny';

const side = 13;
const picture = input([side, side, 3]);
const network = model(
  picture,
  [
    conv2d(6, 3, { name: 'conv1', padding: 'same', activation: 'relu' }),
    maxPool2d(3, { name: 'pool1', strides: 2 }),
    conv2d(8, 3, { name: 'conv2' }),
    activation('relu', { name: 'relu2' }),
    flatten({ name: 'flatten' }),
    dense(5, { name: 'fc3', activation: 'softmax' }),
  ].reduce((x, layer) => layer(x), picture),
);

const channel = { layer: 'conv2', channel: 1 } as const;
const calm = { steps: 24, blur: 0, jitter: 0, stepSize: 4 } as const;

describe('a picture made for a target', () => {
  let tiny: TinyExplainer;

  before(async () => {
    tiny = await TinyExplainer.of(network);
  });
  after(() => tiny.dispose());

  const make = (
    params: Partial<ImagineParams>,
    report: (progress: ImagineProgress) => void = () => undefined,
    signal = new AbortController().signal,
  ): Promise<Imagined> =>
    imagine(
      tiny.model,
      { target: channel, settings: calm, preprocess: stretchToUnit, ...params },
      { signal, report },
    );

  /** As long as the messages that would be sent by a slow network. */
  const slowly = <T>(work: () => Promise<T>): Promise<T> => {
    const { now } = performance;
    let calls = 0;
    performance.now = () => now.call(performance) + 100 * calls++;
    return work().finally(() => (performance.now = now));
  };

  for (const target of [
    channel,
    { layer: 'conv1', unit: [5, 5, 2] },
    { layer: 'relu2', unit: [1, 2, 4] },
    { class: 3 },
  ] as const) {
    it(`rises steadily and far: ${JSON.stringify(target)}`, async () => {
      const values: number[] = [];
      const made = await slowly(() =>
        make({ target }, ({ imagined }) => void values.push(imagined!.value)),
      );
      assert.ok(values.length >= calm.steps / 2, `${values.length}`);
      const rises = values.slice(1).filter((value, at) => value > values[at]! - 1e-6);
      assert.ok(rises.length >= 0.9 * (values.length - 1), values.join(' '));
      assert.ok(made.value > made.start + 5 * Math.abs(values[0]! - made.start), values.join(' '));
      assert.ok(made.value > values[0]!);
    });
  }

  it('is the same for the same seed, and goes on as if it had not stopped', async () => {
    const settings = { steps: 10, jitter: 2 };
    const [one, same, other] = [
      await make({ settings }),
      await make({ settings }),
      await make({ settings: { ...settings, seed: 2 } }),
    ];
    assert.deepEqual(one.picture, same.picture);
    assert.deepEqual(one.pixels, same.pixels);
    assert.notDeepEqual(one.picture, other.picture);
    const from = await make({ settings: { ...settings, steps: 5 } });
    const whole = await make({ settings, from });
    assert.deepEqual(whole.pixels, one.pixels);
    assert.deepEqual([whole.start, whole.value, whole.step], [one.start, one.value, 10]);
  });

  it('is there as far as it came when it is cancelled, and no tensor is left', async () => {
    const { numTensors } = tf.memory();
    const controller = new AbortController();
    let last: Imagined | undefined;
    const running = slowly(() =>
      make(
        { settings: { ...calm, steps: 1000 } },
        ({ imagined }) => {
          last = imagined;
          if (imagined!.step >= 4) controller.abort(new Error('not wanted'));
        },
        controller.signal,
      ),
    );
    await assert.rejects(running, /not wanted/);
    const whole = await make({ settings: { ...calm, steps: last!.step } });
    assert.deepEqual(last!.picture, whole.picture);
    assert.equal(tf.memory().numTensors, numTensors);
  });

  it('changes only where the unit looks, elsewhere by decay alone', async () => {
    const target = { layer: 'conv2', unit: [0, 3, 1] } as const;
    const { rows, columns } = new Sight(network).cellSees('conv2', 0, 3)!;
    const decay = 0.01;
    const few = await make({ target, settings: { ...calm, steps: 1, decay } });
    const more = await make({ target, settings: { ...calm, steps: 3, decay } });
    let within = 0;
    for (const [index, value] of more.pixels.entries()) {
      const before = few.pixels[index]!;
      const [row, column] = [Math.floor(index / 3 / side), Math.floor(index / 3) % side];
      if (contains(rows, row) && contains(columns, column)) within += Math.abs(value - before);
      else assert.ok(Math.abs(value - 127.5 - (before - 127.5) * 0.99 ** 2) < 1e-3, `${index}`);
    }
    assert.ok(within > 100);
  });

  it('is what a picture can be, in red, green and blue whatever the network reads', async () => {
    const wild = { ...calm, stepSize: 200 };
    const { pixels, picture: rgb } = await make({ settings: wild });
    assert.ok(pixels.every((value) => value >= 0 && value <= 255));
    assert.deepEqual(rgb.rgb, Uint8Array.from(pixels, Math.round));
    const preprocess = { ...caffeImageNet, fit: { mode: 'stretch' } as const };
    const made = await make({ preprocess });
    const bgr = made.pixels.map((_, at) => {
      const c = at % 3;
      return made.pixels[at - c + 2 - c]! - preprocess.mean[c]!;
    });
    const run = await tiny.run(bgr);
    const { data } = run.activations.get('conv2')!;
    const cells = data.filter((_, at) => at % 8 === channel.channel);
    const mean = cells.reduce((sum, value) => sum + value, 0) / cells.length;
    assert.ok(Math.abs(mean - made.value) < 1e-3 * Math.abs(mean), `${mean}, ${made.value}`);
  });

  it('is smoothed by a blur, the same at its edges', async () => {
    const settings = { ...calm, steps: 9, decay: 0, stepSize: 1e-6 };
    const [sharp, blurred] = [
      await make({ settings }),
      await make({ settings: { ...settings, blur: 1 } }),
    ];
    const spread = ({ pixels }: Imagined): number =>
      pixels.reduce((sum, value) => sum + (value - 127.5) ** 2, 0);
    assert.ok(spread(blurred) < 0.2 * spread(sharp));
    const mean = (values: Float32Array): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    assert.ok(Math.abs(mean(blurred.pixels) - mean(sharp.pixels)) < 1);
  });

  it('stays noise where no gradient comes through', async () => {
    const dead = await TinyExplainer.of(network, { weightsOf: withBias(-100) });
    const params = { target: { class: 0 }, settings: calm, preprocess: stretchToUnit };
    const { signal } = new AbortController();
    const made = await imagine(dead.model, params, { signal, report: () => undefined });
    assert.ok(made.pixels.every(Number.isFinite));
    assert.equal(made.value, made.start);
    dead.dispose();
  });

  const refused: readonly (readonly [params: object, sentence: RegExp])[] = [
    [{ target: undefined }, /target must be/],
    [{ target: { layer: 'conv9', channel: 0 } }, /no layer is named "conv9"/],
    [{ settings: { steps: 0 } }, /steps of imagine must be a whole number from 1 to 10000, got 0/],
    [{ settings: { blur: -1 } }, /blur of imagine must be a number from 0 to 16, got -1/],
    [{ settings: { speed: 1 } }, /imagine has no setting "speed"; it has seed, steps, stepSize/],
    [
      { from: { pixels: new Float32Array(3), step: 1 } },
      /from.pixels must be a Float32Array of 507/,
    ],
    [
      { from: { pixels: new Float32Array(507), step: 0.5 } },
      /from.step must be a whole number from 0, got 0.5/,
    ],
  ];
  for (const [params, sentence] of refused) {
    it(`is refused: ${JSON.stringify(params).slice(0, 60)}`, async () => {
      await assert.rejects(make(params), sentence);
    });
  }

  it('needs three channels', async () => {
    const grey = input([8, 8, 1]);
    const flat = await TinyExplainer.of(model(grey, conv2d(2, 3, { name: 'conv1' })(grey)));
    assert.equal(inputShape(flat.model.network)[2], 1);
    const params = { target: { layer: 'conv1', channel: 0 }, preprocess: stretchToUnit };
    const { signal } = new AbortController();
    await assert.rejects(
      imagine(flat.model, params, { signal, report: () => undefined }),
      /input is 8 × 8 × 1; pictures are made in 3 channels only/,
    );
    flat.dispose();
  });
});
