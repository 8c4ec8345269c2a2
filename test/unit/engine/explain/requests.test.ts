import { strict as assert } from 'node:assert';
import type { StoredRun } from '../../../../src/engine/run/runStore';
import {
  activation,
  batchNormalization,
  conv2d,
  dense,
  flatten,
  input,
  model,
} from '../../../../src/network/functional';
import type { ExplanationRequest } from '../../../../src/protocol/explanation';
import { TinyExplainer } from '../../../support/explainTiny';

const picture = input([8, 8, 3]);
const network = model(
  picture,
  [
    conv2d(4, 3, { name: 'conv1', activation: 'relu' }),
    batchNormalization({ name: 'bn1' }),
    conv2d(4, 3, { name: 'conv2', activation: 'relu' }),
    activation('tanh', { name: 'tanh' }),
    flatten({ name: 'flatten' }),
    dense(3, { name: 'fc3', activation: 'softmax' }),
  ].reduce((x, layer) => layer(x), picture),
);

const target = { class: 1 };

/** What callers outside may say, and what they hear. */
const refused: readonly (readonly [what: unknown, sentence: RegExp])[] = [
  [{ method: 'magic', target }, /no method is called "magic"; there are saliency, gradientXInput/],
  [{ method: 'saliency' }, /target must be \{ class \}, .* got undefined/],
  [{ method: 'saliency', target: { layer: 'conv1' } }, /target must be .* got \{"layer":"conv1"\}/],
  [{ method: 'saliency', target: { class: 3 } }, /there is no class 3: the network tells 3 apart/],
  [{ method: 'saliency', target: { class: 0.5 } }, /there is no class 0.5/],
  [{ method: 'saliency', target: { class: 1, minus: 1 } }, /class 1 minus itself is 0 everywhere/],
  [{ method: 'saliency', target: { layer: 'conv9', channel: 0 } }, /no layer is named "conv9"/],
  [
    { method: 'saliency', target: { layer: 'conv1', channel: 4 } },
    /conv1 has no channel 4: .*6 × 6 × 4/,
  ],
  [
    { method: 'saliency', target: { layer: 'conv1', unit: [6, 0, 0] } },
    /conv1 has no value at row 6, column 0, channel 0: its output is 6 × 6 × 4/,
  ],
  [{ method: 'saliency', target: { layer: 'input', channel: 0 } }, /input is the picture itself/],
  [{ method: 'saliency', target, layer: 'conv1' }, /saliency weighs no layer's channels/],
  [{ method: 'gradCam', target, layer: 'flatten' }, /flatten has no map, only units/],
  [{ method: 'gradCam', target, layer: 'input' }, /input is the picture itself; choose a layer/],
  [
    { method: 'gradCam', target: { layer: 'conv1', channel: 0 }, layer: 'conv2' },
    /conv1 does not depend on conv2, which can explain nothing of it/,
  ],
  [
    { method: 'gradCam', target: { layer: 'conv1', channel: 0 } },
    /no convolution comes before conv1; choose a layer/,
  ],
  [
    { method: 'gradCam', target, layer: 'tanh', settings: { beforeActivation: true } },
    /tanh has no ReLU of its own to look behind/,
  ],
  [
    { method: 'saliency', target, settings: { steps: 3 } },
    /saliency has no setting "steps"; it has none/,
  ],
  [
    { method: 'smoothGrad', target, settings: { samples: 0 } },
    /samples of smoothGrad must be a whole number from 1 to 1000, got 0/,
  ],
  [
    { method: 'integratedGradients', target, settings: { rule: 'epsilonPlus' } },
    /rule of integratedGradients must be one of midpoint, gaussLegendre, got "epsilonPlus"/,
  ],
  [
    { method: 'occlusion', target, settings: { baseline: { rgb: [0, 0, 300] } } },
    /baseline of occlusion must be 'zero', .* got \{"rgb":\[0,0,300\]\}/,
  ],
  [
    { method: 'saliency', target, faithfulness: { grid: 1 } },
    /grid of faithfulness must be a whole number from 2 to 64, got 1/,
  ],
  [
    { method: 'lrp', target },
    /bn1: relevance has no agreed rule for batch normalisation; choose another method/,
  ],
];

describe('a request for an explanation', () => {
  let tiny: TinyExplainer;
  let run: StoredRun;

  before(async () => {
    tiny = await TinyExplainer.of(network);
    run = await tiny.run();
  });
  after(() => tiny.dispose());

  for (const [what, sentence] of refused) {
    it(`is refused in a sentence: ${JSON.stringify(what)}`, async () => {
      await assert.rejects(tiny.explain(run, what as ExplanationRequest), sentence);
    });
  }

  it('gets a recipe with all that it left open', async () => {
    const { recipe } = await tiny.explain(run, { method: 'gradCam', target, faithfulness: {} });
    assert.deepEqual(recipe, {
      method: 'gradCam',
      target,
      layer: 'conv2',
      settings: { beforeActivation: false },
      faithfulness: { grid: 14, perStep: 7, baseline: 'zero' },
    });
    const settings = { steps: 3 };
    const of = { method: 'integratedGradients', target, settings } as const;
    assert.deepEqual((await tiny.explain(run, of)).recipe, {
      method: 'integratedGradients',
      target,
      settings: { steps: 3, rule: 'midpoint', baseline: 'zero' },
    });
  });

  it('has the baseline that it names: zero, a colour, another picture', async () => {
    const preprocess = {
      fit: { mode: 'stretch' },
      filter: 'bilinear',
      order: 'BGR',
      scale: 2,
      mean: [10, 20, 30],
      std: [1, 2, 4],
    } as const;
    const other = await TinyExplainer.of(network, { preprocess });
    const here = await other.run();
    const valueOf = (at: Float32Array): Promise<number> =>
      other.run(at).then(({ logits }) => logits.get('fc3')![1]!);
    const filled = (...colour: readonly number[]): Float32Array =>
      Float32Array.from(here.input.data, (_, at) => colour[at % 3]!);
    const there = await other.run(other.picture(9), 2);
    const cases = [
      ['zero', [15, 10, 5], filled(0, 0, 0)],
      [{ rgb: [50, 10, 20] }, [50, 10, 20], filled(30, 0, 17.5)],
      [{ runId: 2 }, undefined, there.input.data],
    ] as const;
    for (const [baseline, rgb, data] of cases) {
      const settings = { window: 8, stride: 8, baseline };
      const request = { method: 'occlusion', target, settings } as const;
      const { map, value, ...found } = await other.explain(here, request, {}, [there]);
      const expected = await valueOf(data);
      assert.ok(Math.abs(found.baseline!.value - expected) < 1e-5);
      assert.deepEqual(found.baseline!.rgb, rgb);
      // One window is the whole picture.
      assert.ok(Math.abs(map.data[0]! - (value - expected)) < 1e-5);
    }
    const settings = { baseline: { runId: 7 } };
    const lost = other.explain(here, { method: 'occlusion', target, settings });
    await assert.rejects(lost, /run 7 is not kept/);
    other.dispose();
  });
});
