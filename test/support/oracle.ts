import { strict as assert } from 'node:assert';
import { type AlexNetId } from '../../src/library/alexNets';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Tensor } from '../../src/protocol/engineProtocol';

/** What another framework says of one layer: 64 values at flat indices, and statistics of all. */
export interface LayerOracle {
  readonly name: string;
  readonly shape: readonly number[];
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly l2: number;
  readonly samples: readonly (readonly [index: number, value: number])[];
}

export interface Oracle {
  readonly variant: AlexNetId;
  readonly seed: number;
  readonly input: readonly [number, number, number];
  readonly layers: readonly LayerOracle[];
  readonly logits: readonly number[];
  readonly top5: readonly (readonly [index: number, probability: number])[];
  /** The class whose logit the saliency is of: max over the channels of |d logit / d input|. */
  readonly class?: number;
  readonly saliency?: LayerOracle;
}

export function readOracle(
  variant: AlexNetId,
  seed: number,
  fixtures = resolve('test/fixtures'),
): Oracle {
  const path = join(fixtures, 'oracle', `${variant}-s${seed}.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as Oracle;
}

/** The runs that the oracle's explanations begin with: each layer of them is compared there, on WebAssembly's one thread. */
export const explainedRuns = [
  'keras 1',
  'torchvision 2',
  'bvlc 1',
  'caffenet 2',
  'paper 2',
] as const;
export type ExplainedRun = (typeof explainedRuns)[number];

/** Of a layer's root mean square: how far float32 sums in another order may stray. */
export const tolerance = 1e-4;

/** Every layer of a run, by what gives its values. */
export async function assertLayers(
  oracle: Oracle,
  valuesOf: (layer: string) => Tensor | Promise<Tensor>,
): Promise<void> {
  for (const layer of oracle.layers) {
    const { shape, data } = await valuesOf(layer.name);
    assert.deepEqual(shape, layer.shape, layer.name);
    if (layer.name === 'prob') assertProbabilities(data, layer, oracle);
    else assertLayer(data, layer);
  }
}

/** Every sample, and the whole layer's mean, extremes and energy, within the tolerance of its RMS. */
export function assertLayer(data: Float32Array, expected: LayerOracle): void {
  const { name, samples, mean, min, max, l2 } = expected;
  const rms = l2 / Math.sqrt(data.length);
  const near = (value: number, wanted: number, what: string): void =>
    assert.ok(
      Math.abs(value - wanted) <= tolerance * rms,
      `${name} ${what}: ${value}, expected ${wanted} (RMS ${rms})`,
    );
  for (const [index, value] of samples) near(data[index] ?? NaN, value, `at ${index}`);
  let [sum, squares, least, most] = [0, 0, Infinity, -Infinity];
  for (const value of data) {
    sum += value;
    squares += value * value;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  near(sum / data.length, mean, 'mean');
  near(least, min, 'minimum');
  near(most, max, 'maximum');
  near(Math.sqrt(squares / data.length), rms, 'RMS');
}

/**
 * Probabilities of logits as large as the two-tower nets' (RMS near 100 on formula weights): an error d of a logit
 * multiplies its probability by e^d, so the logits' tolerance decides, not the probabilities' own RMS.
 */
function assertProbabilities(data: Float32Array, expected: LayerOracle, oracle: Oracle): void {
  const { name, samples, max } = expected;
  const rms = Math.hypot(...oracle.logits) / Math.sqrt(oracle.logits.length);
  const factor = Math.exp(2 * tolerance * rms) - 1;
  const near = (value: number, wanted: number, what: string): void =>
    assert.ok(
      Math.abs(value - wanted) <= factor * wanted + 1e-12,
      `${name} ${what}: ${value}, expected ${wanted}`,
    );
  for (const [index, value] of samples) near(data[index] ?? NaN, value, `at ${index}`);
  near(
    data.reduce((a, b) => Math.max(a, b)),
    max,
    'maximum',
  );
  assert.ok(Math.abs(data.reduce((a, b) => a + b) - 1) < 1e-5, `${name} adds up to 1`);
}

export function assertLogits(logits: Float32Array, expected: Oracle): void {
  const rms = Math.hypot(...expected.logits) / Math.sqrt(expected.logits.length);
  assert.equal(logits.length, expected.logits.length);
  for (const [index, wanted] of expected.logits.entries()) {
    const value = logits[index] ?? NaN;
    assert.ok(
      Math.abs(value - wanted) <= tolerance * rms,
      `logit ${index}: ${value}, expected ${wanted}`,
    );
  }
  const top5 = Array.from(logits, (logit, index) => ({ logit, index }))
    .sort((a, b) => b.logit - a.logit)
    .slice(0, 5);
  assert.deepEqual(
    top5.map(({ index }) => index),
    expected.top5.map(([index]) => index),
  );
}
