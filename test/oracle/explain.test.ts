import { strict as assert } from 'node:assert';
import { resolve } from 'node:path';
import { startBackend } from '../../src/engine/backends/startBackend';
import { explainRun } from '../../src/engine/explain/explainRun';
import { buildModel, type BuiltModel } from '../../src/engine/model/builtModel';
import { forward } from '../../src/engine/run/forward';
import { storedRun, type StoredRun } from '../../src/engine/run/runStore';
import { preprocess } from '../../src/imaging/preprocess';
import { alexNets, type AlexNetId } from '../../src/library/alexNets';
import { inputShape } from '../../src/network/inputShape';
import { inputName } from '../../src/network/network';
import type { BackendId } from '../../src/protocol/engineProtocol';
import type { Explanation, ExplanationRequest } from '../../src/protocol/explanation';
import {
  assertMap,
  assertPixels,
  boxOf,
  readExplanations,
  type UnitFixture,
} from '../support/explanationFixtures';
import { image } from '../support/formula';
import { formulaNetworkWeights } from '../support/formulaModel';
import { nativeAddon } from '../support/nativeAddon';
import { notRun } from '../support/notRun';

const addonPath = nativeAddon();
if (addonPath === undefined) notRun('native TensorFlow: explanations');

const backends: readonly BackendId[] = [
  ...(addonPath === undefined ? [] : ['tensorflow' as const]),
  'wasm',
];

const quiet = { signal: new AbortController().signal, report: () => undefined };

async function runOf(model: BuiltModel, variant: AlexNetId, seed: number): Promise<StoredRun> {
  const { network } = model;
  const shape = inputShape(network);
  const [height, width] = shape;
  const rgb = image(height, width, seed);
  const stretch = { ...alexNets[variant].preprocess, fit: { mode: 'stretch' } } as const;
  const { tensor } = preprocess({ width, height, rgb }, stretch, height, width);
  const { signal } = quiet;
  const inputs = new Map([[inputName(network), tensor]]);
  const pass = await forward(model, inputs, { signal, onLayer: () => undefined });
  const input = { shape, data: tensor };
  return storedRun({ runId: seed, network, weightsId: 1, input }, pass);
}

const variants = ['keras', 'bvlc'] as const;

for (const backend of backends) {
  describe(`explanations on ${backend}`, () => {
    before(async () => {
      const params = { backend, threads: 2, addonPath, refused: [] };
      const info = await startBackend(params, resolve('dist/wasm'), () => undefined);
      assert.equal(info.backend, backend);
    });

    for (const seed of [1, 2]) {
      for (const variant of variants) {
        describe(`of ${variant}, seed ${seed}`, () => {
          const fixture = readExplanations(variant, seed);
          let model: BuiltModel;
          let run: StoredRun;

          before(async () => {
            const weights = formulaNetworkWeights(variant, seed);
            model = await buildModel(alexNets[variant].network, () => weights);
            run = await runOf(model, variant, seed);
          });
          after(() => model.dispose());

          const explain = (request: ExplanationRequest): Promise<Explanation> =>
            explainRun(run, model, request, quiet);

          for (const expected of fixture.classes) {
            const target = { class: expected.class };
            for (const method of [
              'saliency',
              'gradientXInput',
              'guidedBackprop',
              'deconvnet',
            ] as const) {
              it(`${method} of class ${expected.class}`, async () => {
                const { map, value } = await explain({ method, target });
                assertPixels(map, expected[method], method);
                assert.ok(Math.abs(value - expected.logit) < 1e-3);
              });
            }
            for (const [layer, maps] of Object.entries(expected.cams)) {
              for (const method of [
                'gradCam',
                'gradCamPlusPlus',
                'hiResCam',
                'layerCam',
              ] as const) {
                const map = maps[method];
                if (!map) continue;
                it(`${method} of ${layer}, class ${expected.class}`, async () => {
                  assertMap((await explain({ method, target, layer })).map, map, method);
                });
              }
            }
          }

          for (const unit of fixture.units) {
            it(`the gradient of a ${unit.kind} of ${unit.layer}`, async () => {
              const target = targetOf(unit);
              const { map } = await explain({ method: 'saliency', target });
              assertPixels(map, unit.gradient, 'gradient');
              if (unit.box) assert.deepEqual(boxOf(map), unit.box);
              for (const method of ['guidedBackprop', 'deconvnet'] as const)
                assertPixels((await explain({ method, target })).map, unit[method], method);
            });
          }
        });
      }
    }
  });
}

function targetOf({ kind, layer, row = 0, column = 0, channel }: UnitFixture) {
  return kind === 'unit' ? { layer, unit: [row, column, channel] as const } : { layer, channel };
}
