import * as tf from '@tensorflow/tfjs-core';
import { strict as assert } from 'node:assert';
import { resolve } from 'node:path';
import { startBackend } from '../../src/engine/backends/startBackend';
import { Optimiser } from '../../src/engine/train/optimiser';
import type { OptimiserSettings } from '../../src/protocol/training';
import { TrainableModel } from '../../src/engine/train/trainableModel';
import { gradientsOf, trainStep, type Batch } from '../../src/engine/train/trainingStep';
import type { NetworkWeights } from '../../src/files/matching/networkWeights';
import { preprocess } from '../../src/imaging/preprocess';
import { alexNets } from '../../src/library/alexNets';
import type { Layer } from '../../src/network/layers/layer';
import { inputShape } from '../../src/network/inputShape';
import type { BackendId } from '../../src/protocol/engineProtocol';
import { image } from '../support/formula';
import { formulaNetworkWeights } from '../support/formulaModel';
import { nativeAddon } from '../support/nativeAddon';
import { notRun } from '../support/notRun';
import {
  type OptimiserCase,
  ownIndex,
  ownName,
  readTraining,
  type SampledTensor,
  type TrainingFixture,
} from '../support/trainingFixtures';

const addonPath = nativeAddon();
if (addonPath === undefined) notRun('native TensorFlow: training steps');

const backends: readonly BackendId[] = [
  ...(addonPath === undefined ? [] : ['tensorflow' as const]),
  'wasm',
];

/** Batch normalisation and no groups; two groups and response normalisation. */
const fixtures = [readTraining('keras', 1), readTraining('bvlc', 2)];

const everything = { learns: () => true };

function batchOf({ variant, pictures, labels }: TrainingFixture): Batch {
  const { network, preprocess: settings } = alexNets[variant];
  const [height, width] = inputShape(network);
  const values = pictures.map((seed) => {
    const rgb = image(height, width, seed);
    const stretch = { ...settings, fit: { mode: 'stretch' } } as const;
    return preprocess({ width, height, rgb }, stretch, height, width).tensor;
  });
  return {
    pictures: tf.stack(values.map((each) => tf.tensor3d(each, [height, width, 3]))),
    labels,
  };
}

function settingsOf(name: OptimiserCase, fixture: TrainingFixture): OptimiserSettings {
  const {
    momentum = 0,
    weightDecay = 0,
    beta1 = 0,
    beta2 = 0,
    epsilon = 0,
  } = fixture.optimizers[name];
  if (name !== 'adam') return { kind: 'sgd', momentum, weightDecay, nesterov: false };
  const formula = fixture.variant === 'keras' ? 'keras' : 'pytorch';
  return { kind: 'adam', beta1, beta2, epsilon, formula, weightDecay };
}

/** Relative l2 distance at the samples; by no less than what they would hold of the whole tensor's. */
function apart(
  values: (index: number) => number,
  expected: readonly number[],
  wholeL2: number,
  count: number,
): number {
  const squares = (of: (k: number) => number): number =>
    Math.hypot(...expected.map((_, k) => of(k)));
  const scale = Math.max(
    squares((k) => expected[k]!),
    wholeL2 * Math.sqrt(expected.length / count),
  );
  return squares((k) => values(k) - expected[k]!) / scale;
}

for (const backend of backends) {
  describe(`one step of training on ${backend}`, function () {
    before(async () => {
      const params = { backend, threads: 2, addonPath, refused: [] };
      const info = await startBackend(params, resolve('dist/wasm'), () => undefined);
      assert.equal(info.backend, backend);
    });

    for (const fixture of fixtures) {
      const { variant, seed } = fixture;
      const { network } = alexNets[variant];
      describe(`of ${variant}, seed ${seed}`, () => {
        let weights: NetworkWeights;
        let batch: Batch;
        before(() => {
          weights = formulaNetworkWeights(variant, seed);
          batch = batchOf(fixture);
        });
        after(() => {
          weights = new Map();
          batch.pictures.dispose();
        });

        const make = (learns: (layer: Layer) => boolean): Promise<TrainableModel> =>
          TrainableModel.make(network, { weightsOf: () => weights, learns });

        it('has the loss, the logits and every gradient', async () => {
          const before = tf.memory().numTensors;
          const model = await make(everything.learns);
          const notes = { moments: [] };
          const { loss, logits, gradients } = gradientsOf(model, batch, { seed: undefined, notes });
          assertNear(loss, fixture.first.loss, 1e-5, 'loss');
          const shown = logits.dataSync();
          const classes = logits.shape[1]!;
          for (const [picture, expected] of fixture.first.logits.values.entries()) {
            const value = (k: number): number =>
              shown[picture * classes + fixture.first.logits.at[k]!]!;
            const l2 = fixture.first.logits.l2[picture]!;
            const off = apart(value, expected, l2, classes);
            assert.ok(off <= 1e-4, `logits of picture ${picture}: ${off}`);
          }
          for (const expected of fixture.first.gradients) {
            const values = joined(
              gradients
                .filter(
                  ({ weight }) => `${weight.layer.name}.${weight.name}` === ownName(expected.name),
                )
                .map(({ gradient }) => gradient),
            );
            const at = (k: number): number => values[ownIndex(variant, expected, expected.at[k]!)]!;
            const limit = ownName(expected.name).startsWith('fc') ? 1e-3 : 1e-2;
            const off = apart(at, expected.values, expected.l2, values.length);
            assert.ok(off <= limit, `${expected.name}: ${off}`);
            const l2 = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
            assertNear(l2, expected.l2, limit, `l2 of ${expected.name}`);
          }
          model.moveStatistics(notes);
          for (const expected of fixture.first.moving ?? []) {
            const values = valuesOf(model, expected);
            const off = apart(
              (k) => values[expected.at[k]!]!,
              expected.values,
              expected.l2,
              values.length,
            );
            assert.ok(off <= 1e-3, `${expected.name}: ${off}`);
          }
          for (const { gradient } of gradients) gradient.dispose();
          logits.dispose();
          model.dispose();
          assert.equal(tf.memory().numTensors, before, 'no tensor is left');
        });

        for (const name of ['sgd', 'sgdDecay', 'sgdDecayLarge', 'adam'] as const) {
          if (!runsHere(backend, name, fixture)) continue;
          it(`moves the weights three times by ${name}`, async () => {
            const expected = fixture.optimizers[name];
            const model = await make(everything.learns);
            const optimiser = new Optimiser(settingsOf(name, fixture));
            const losses: number[] = [];
            for (const step of [0, 1, 2]) {
              const { loss } = trainStep(model, batch, {
                optimiser,
                rate: expected.rate,
                seed: undefined,
              });
              losses.push(loss);
              for (const tensor of expected.tensors) {
                const start = weights.get(ownName(tensor.name))!;
                const now = valuesOf(model, tensor);
                const index = (k: number): number => ownIndex(variant, tensor, tensor.at[k]!);
                const change = tensor.steps[step]!.map((value, k) => value - start[index(k)]!);
                const moved = (k: number): number => now[index(k)]! - start[index(k)]!;
                const off = apart(moved, change, tensor.changeL2[step]!, now.length);
                const limit = changeLimit(name, fixture, tensor.name, step);
                assert.ok(
                  off <= limit,
                  `${tensor.name} after step ${step + 1}: ${off}, not ${limit}`,
                );
              }
            }
            for (const [step, loss] of losses.entries()) {
              const late = variant === 'keras' && name !== 'adam' && step === 2;
              assertNear(loss, expected.losses[step]!, late ? 5e-2 : 1e-3, `loss ${step + 1}`);
            }
            optimiser.dispose();
            model.dispose();
          });
        }
      });
    }
  });
}

/** A rule that only a coupled decay passes; the unit ring has the others, and backends differ in gradients alone. */
function runsHere(backend: BackendId, name: OptimiserCase, { variant }: TrainingFixture): boolean {
  return backend === 'tensorflow' && variant === 'keras' && name === 'sgdDecayLarge';
}

/** The fixtures' own tolerances: how far float32 may stray. */
function changeLimit(
  name: OptimiserCase,
  { variant }: TrainingFixture,
  tensor: string,
  step: number,
): number {
  if (tensor.includes('moving')) return 1e-3;
  const own = ownName(tensor);
  if (name === 'adam')
    return own.startsWith('conv1') ? 0.15 : own.startsWith('conv5') ? 3e-2 : 1e-2;
  if (step > 0 && variant === 'keras') return 6e-2;
  return variant === 'bvlc' && own === 'fc8.bias' ? 2e-2 : 1e-2;
}

function valuesOf(model: TrainableModel, { name }: SampledTensor): Float32Array {
  const weight = model.weights.find(
    ({ layer, name: of }) => `${layer.name}.${of}` === ownName(name),
  );
  return joined(weight!.towers);
}

/** Towers side by side along the last axis. */
function joined(towers: readonly tf.Tensor[]): Float32Array {
  if (towers.length === 1) return towers[0]!.dataSync<'float32'>();
  const whole = tf.concat([...towers], -1);
  const values = whole.dataSync<'float32'>();
  whole.dispose();
  return values;
}

function assertNear(value: number, expected: number, relative: number, what: string): void {
  const off = Math.abs(value - expected);
  assert.ok(off <= relative * Math.abs(expected), `${what}: ${value}, not ${expected}`);
}
