import * as tf from '@tensorflow/tfjs-core';
import { strict as assert } from 'node:assert';
import { resolve } from 'node:path';
import { startBackend } from '../../src/engine/backends/startBackend';
import { explainRun } from '../../src/engine/explain/explainRun';
import { curvesOf } from '../../src/engine/explain/faithfulness';
import { layerCams } from '../../src/engine/explain/layerCams';
import { scoresThrough } from '../../src/engine/explain/scoreCam';
import { meanGradient } from '../../src/engine/explain/smoothGrad';
import { resolveTarget } from '../../src/engine/explain/target';
import { Work } from '../../src/engine/explain/work';
import { buildModel } from '../../src/engine/model/builtModel';
import { alexNets, type AlexNetId } from '../../src/library/alexNets';
import type { BackendId } from '../../src/protocol/engineProtocol';
import { faithfulnessDefaults, type FaithfulnessCurve } from '../../src/protocol/explanation';
import { changeChecks, quiet, type Check, type Subject } from '../support/changeChecks';
import {
  assertInRange,
  assertMap,
  assertPixels,
  boxOf,
  readExplanations,
  requestFor,
  type ClassFixture,
  type Curve,
  type UnitFixture,
} from '../support/explanationFixtures';
import { unit } from '../support/formula';
import { formulaRun, SharedWeights } from '../support/formulaModel';
import { nativeAddon } from '../support/nativeAddon';
import { notRun } from '../support/notRun';
import { explainedRuns, type ExplainedRun } from '../support/oracle';
import { runChecks } from '../support/runChecks';

const addonPath = nativeAddon();
if (addonPath === undefined) notRun('native TensorFlow: explanations');

const backends: readonly BackendId[] = [
  ...(addonPath === undefined ? [] : ['tensorflow' as const]),
  'wasm',
];

const checks = {
  ...changeChecks,
  ...runChecks,
  'signals to the pixels': async ({ explain }, top) => {
    for (const method of ['saliency', 'guidedBackprop', 'deconvnet'] as const) {
      const { map, value } = await explain({ method, target: { class: top.class } });
      assertPixels(map, top[method], method);
      assert.ok(Math.abs(value - top.logit) < 1e-3, `${value}, not ${top.logit}`);
    }
  },
  'gradient times input': async ({ explain }, top) => {
    const { map } = await explain({ method: 'gradientXInput', target: { class: top.class } });
    assertPixels(map, top.gradientXInput, 'gradientXInput');
  },
  "maps of a layer's cells": async ({ explain, fixture, model, run }, top) => {
    for (const expected of fixture.classes) {
      const target = { class: expected.class };
      for (const [layer, maps] of Object.entries(expected.cams)) {
        for (const [name, map] of Object.entries(maps)) {
          const request = requestFor[name];
          if (!map || !request) continue;
          const found = await explain(request(target, layer));
          assertMap(found.map, map, `${name} of ${layer}`);
        }
      }
    }
    const all = await layerCams({ model, run, work: new Work(quiet) }, { class: top.class });
    for (const layer of ['conv2', 'conv5']) {
      const found = all.layers.find(({ name }) => name === layer)!;
      assertMap(found, top.cams[layer]!['gradCam']!, `every layer's, ${layer}`);
    }
    const { class: lowest, gradCam } = fixture.lowest;
    const { map } = await explain({ method: 'gradCam', target: { class: lowest } });
    assertMap(map, gradCam, 'of the least probable class');
  },
  'units and channels': async ({ explain, fixture }) => {
    for (const expected of fixture.units) {
      const target = targetOf(expected);
      const { map } = await explain({ method: 'saliency', target });
      assertPixels(map, expected.gradient, 'gradient');
      if (expected.box) assert.deepEqual(boxOf(map), expected.box);
      for (const method of ['guidedBackprop', 'deconvnet'] as const)
        assertPixels((await explain({ method, target })).map, expected[method], method);
    }
  },
  'noisy copies': async ({ model, run, fixture }, top) => {
    const { samples, sigma } = fixture.smoothGrad;
    const target = resolveTarget(model.network, { class: top.class });
    const work = new Work(quiet);
    const noisy = (values: Float32Array, sample: number): void => {
      const stream = fixture.seed * 1000 + 501 + sample;
      for (let at = 0; at < values.length; at++)
        values[at] = values[at]! + sigma * Math.sqrt(12) * unit(at, stream);
    };
    const { map } = await meanGradient({ model, run, target, work }, samples, noisy);
    assertPixels(map, top.smoothGrad, 'smoothGrad');
  },
  'a path from zero': async ({ explain }, top) => {
    const found = await explain({
      method: 'integratedGradients',
      target: { class: top.class },
      settings: { rule: 'gaussLegendre', steps: 20 },
    });
    assertPixels(found.map, top.integratedGradients, 'integratedGradients');
    const { sum, expected } = found.completeness!;
    assert.ok(Math.abs(found.baseline!.value - top.baselineLogit) < 1e-3);
    assert.ok(Math.abs(sum - expected - top.integratedGradients.delta) < 1e-2 * Math.abs(expected));
  },
  'curves of cells in their order': async ({ model, run }, top) => {
    const target = resolveTarget(model.network, { class: top.class });
    const { order, ...curves } = top.curves!;
    // In theirs, as two cells may be nearly the same.
    const context = { model, run, target, runOf: quiet.runOf, work: new Work(quiet) };
    const found = await curvesOf(context, order, faithfulnessDefaults);
    for (const name of ['deletion', 'insertion'] as const)
      assertCurve(found[name], curves[name], name);
  },
  'channels taken away': async ({ explain }, top) => {
    const { map } = await explain({ method: 'ablationCam', target: { class: top.class } });
    assertMap(map, top.cams['conv5']!['ablationCam']!, 'ablationCam');
  },
  'the picture through some channels': async ({ model, run }, top) => {
    const target = resolveTarget(model.network, { class: top.class });
    const { scores = [] } = top.cams['conv5']!['scoreCam']!;
    const channels = scores.flatMap((_, channel) => (channel % 16 === 0 ? channel : []));
    const context = { model, run, target, layer: 'conv5', work: new Work(quiet) };
    const found = await scoresThrough(context, channels);
    const expected = channels.map((channel) => scores[channel]!);
    assertInRange(Float32Array.from(found), expected, 'scores');
  },
  'the picture through each channel': async ({ explain }, top) => {
    const { map } = await explain({ method: 'scoreCam', target: { class: top.class } });
    assertMap(map, top.cams['conv5']!['scoreCam']!, 'scoreCam');
  },
  'windows far apart, the last ones cut': async ({ explain }, top) => {
    const { shape, values } = top.occlusion!;
    const [rows = 0, columns = 0] = shape;
    const range = Math.max(...values) - Math.min(...values);
    const last = rows - 1;
    const settings = { stride: 16 * last };
    const { map } = await explain({ method: 'occlusion', target: { class: top.class }, settings });
    assert.deepEqual(map.shape, [2, 2]);
    const corners = [0, last, last * columns, last * columns + last].map((cell) => values[cell]!);
    for (const [at, expected] of corners.entries())
      assert.ok(Math.abs(map.data[at]! - expected) < range * 1e-3, `${map.data[at]}, ${expected}`);
  },
  windows: async ({ explain }, top) => {
    const { map } = await explain({ method: 'occlusion', target: { class: top.class } });
    assert.deepEqual(map.shape, top.occlusion!.shape);
    assertInRange(map.data, top.occlusion!.values, 'occlusion');
  },
  relevance: async ({ explain }, top) => {
    const target = { class: top.class };
    for (const [rule, expected] of Object.entries(top.relevance!)) {
      const settings = { rule: rule as keyof NonNullable<ClassFixture['relevance']> };
      const { map } = await explain({ method: 'lrp', target, settings });
      assertPixels(map, expected, rule);
      const sum = map.data.reduce((a, b) => a + b, 0);
      assert.ok(
        Math.abs(sum - expected.sum) < 1e-3 * Math.abs(expected.sum),
        `${rule}: ${sum}, not ${expected.sum}`,
      );
    }
  },
} as const satisfies Readonly<Record<string, Check>>;

const always = [
  'values of every layer',
  'signals to the pixels',
  "maps of a layer's cells",
  'units and channels',
] as const;

type CheckName = keyof typeof checks;

/** What a whole `npm test` checks of a variant and a seed: every variant, and every method once with either backend. */
const usual: Readonly<Record<ExplainedRun, readonly CheckName[]>> = {
  'keras 1': [
    ...always,
    'slopes to each pixel, whatever its colour,',
    'gradient times input',
    'noisy copies',
    'a path from zero',
    'channels taken away',
    'a run without a channel, for some of all',
    "channels' shares",
  ],
  'torchvision 2': [
    'values of every layer',
    'signals to the pixels',
    'curves of cells in their order',
    'a picture erased cell by cell, and all of it',
    'the picture through some channels',
  ],
  'bvlc 1': [
    'values of every layer',
    'signals to the pixels',
    "maps of a layer's cells",
    'windows far apart, the last ones cut',
    'relevance',
  ],
  'caffenet 2': ['values of every layer', 'signals to the pixels'],
  'paper 2': ['values of every layer', 'signals to the pixels'],
};

/** All that a fixture has numbers of: minutes on each backend. */
const isWhole = process.env['ALEXNET_ASKED_BY_NAME'] === 'yes';
if (!isWhole) notRun('explanations, every fixture (npm test -- oracle/explain)');

function checksOf(variant: AlexNetId, seed: number): readonly CheckName[] {
  if (!isWhole) {
    const run = explainedRuns.find((each) => each === `${variant} ${seed}`);
    return run ? usual[run] : [];
  }
  const [top] = readExplanations(variant, seed).classes as [ClassFixture];
  const { scoreCam, ablationCam } = top.cams['conv5'] ?? {};
  return [
    ...always,
    ...(variant === 'keras' ? (['slopes to each pixel, whatever its colour,'] as const) : []),
    ...(['gradient times input', 'noisy copies', 'a path from zero'] as const),
    ...(['curves of cells in their order', 'windows'] as const),
    'windows far apart, the last ones cut',
    ...(['a picture erased cell by cell, and all of it', "channels' shares"] as const),
    ...(ablationCam
      ? (['channels taken away', 'a run without a channel, for some of all'] as const)
      : []),
    ...(scoreCam ? (['the picture through each channel'] as const) : []),
    ...(top.relevance ? (['relevance'] as const) : []),
  ];
}

/** Those whose weights are the same follow each other. */
const variants = ['keras', 'torchvision', 'bvlc', 'caffenet', 'paper'] as const;
const subjects = [1, 2].flatMap((seed) =>
  variants
    .map((variant) => ({ variant, seed, checks: checksOf(variant, seed) }))
    .filter((subject) => subject.checks.length > 0),
);

for (const backend of backends) {
  describe(`explanations on ${backend}`, () => {
    const weights = new SharedWeights();
    before(async () => {
      const params = { backend, threads: 1, addonPath, refused: [] };
      const info = await startBackend(params, resolve('dist/wasm'), () => undefined);
      assert.equal(info.backend, backend);
    });

    for (const { variant, seed, checks: wanted } of subjects) {
      describe(`of ${variant}, seed ${seed}`, () => {
        const fixture = readExplanations(variant, seed);
        const [top] = fixture.classes as [ClassFixture];
        let subject: Subject;

        before(async () => {
          const values = weights.of(variant, seed);
          const model = await buildModel(alexNets[variant].network, () => values);
          const run = await formulaRun(model, variant, seed);
          const explain: Subject['explain'] = (request) => explainRun(run, model, request, quiet);
          subject = { fixture, model, run, explain };
        });
        after(() => subject.model.dispose());

        for (const name of wanted) {
          it(`${name} equal theirs and leave no tensor behind`, async () => {
            const { numTensors } = tf.memory();
            await checks[name](subject, top);
            assert.equal(tf.memory().numTensors, numTensors);
          });
        }
      });
    }
  });
}

function assertCurve(found: FaithfulnessCurve, expected: Curve, what: string): void {
  const { values, probabilities = [], area, probabilityArea = NaN } = found;
  const { logit, probability, areaLogit, areaProbability } = expected;
  assertInRange(values, logit, `${what}, logits`);
  assertInRange(probabilities, probability, `${what}, probabilities`);
  const near = (value: number, wanted: number, of: readonly number[]): void => {
    const range = Math.max(...of) - Math.min(...of);
    assert.ok(Math.abs(value - wanted) <= range * 1e-3, `${what}: ${value}, expected ${wanted}`);
  };
  near(area, areaLogit, logit);
  near(probabilityArea, areaProbability, probability);
}

function targetOf({ kind, layer, row = 0, column = 0, channel }: UnitFixture) {
  return kind === 'unit' ? { layer, unit: [row, column, channel] as const } : { layer, channel };
}
