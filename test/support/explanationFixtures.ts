import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AlexNetId } from '../../src/library/alexNets';
import type {
  ExplanationMap,
  ExplanationRequest,
  ExplanationTarget,
} from '../../src/protocol/explanation';

/** A map of the input's values: 64 of them at flat indices, and sums over 14 x 14 cells and all channels. */
export interface PixelDigest {
  readonly shape: readonly number[];
  readonly sum: number;
  readonly l2: number;
  readonly samples: readonly (readonly [index: number, value: number])[];
  readonly grid: readonly number[];
}

/** A whole map, row-major. */
export interface SmallMap {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  /** Of Ablation-CAM and Score-CAM: the logit for each channel. */
  readonly scores?: readonly number[];
}

export interface Curve {
  readonly logit: readonly number[];
  readonly probability: readonly number[];
  readonly areaLogit: number;
  readonly areaProbability: number;
}

/** What explains one class's logit. */
export interface ClassFixture {
  readonly class: number;
  readonly logit: number;
  readonly baselineLogit: number;
  readonly saliency: PixelDigest;
  readonly gradientXInput: PixelDigest;
  readonly smoothGrad: PixelDigest;
  readonly guidedBackprop: PixelDigest;
  readonly deconvnet: PixelDigest;
  readonly integratedGradients: PixelDigest & { readonly delta: number };
  readonly cams: Readonly<Record<string, Readonly<Record<string, SmallMap | undefined>>>>;
  readonly occlusion?: SmallMap;
  readonly curves?: {
    readonly order: readonly number[];
    readonly deletion: Curve;
    readonly insertion: Curve;
  };
  readonly relevance?: Readonly<
    Record<'epsilonPlus' | 'epsilonPlusFlat' | 'epsilonGammaBox', PixelDigest>
  >;
}

/** What explains one unit, or a channel's mean. */
export interface UnitFixture {
  readonly kind: 'unit' | 'channel';
  readonly layer: string;
  readonly row?: number;
  readonly column?: number;
  readonly channel: number;
  readonly value: number;
  /** Of a unit: first row, first column, last row, last column of the pixels with a gradient. */
  readonly box?: readonly number[];
  readonly gradient: PixelDigest;
  readonly guidedBackprop: PixelDigest;
  readonly deconvnet: PixelDigest;
}

/** What captum, grad-cam and zennit say on PyTorch, and of `keras` TensorFlow, computed in float64. */
export interface ExplanationFixture {
  readonly variant: AlexNetId;
  readonly seed: number;
  readonly smoothGrad: { readonly samples: number; readonly sigma: number };
  /** The most probable, then the second. */
  readonly classes: readonly ClassFixture[];
  readonly lowest: { readonly class: number; readonly gradCam: SmallMap };
  readonly units: readonly UnitFixture[];
}

export function readExplanations(variant: AlexNetId, seed: number): ExplanationFixture {
  const path = resolve('test/fixtures/explain', `${variant}-s${seed}.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as ExplanationFixture;
}

/** One ReLU or one pool that falls the other way in float32 makes up to a third of this, of a map's l2 norm. */
const tolerance = 1e-2;

/** The samples and the sums over cells within the tolerance of their l2 norm. */
export function assertPixels(
  { shape, data }: ExplanationMap,
  { shape: expected, samples, grid, l2 }: PixelDigest,
  what: string,
): void {
  assert.deepEqual(shape, expected, what);
  const at = samples.map(([index]) => data[index]!);
  assertNear(
    at,
    samples.map(([, value]) => value),
    `${what}, samples`,
    l2 * Math.sqrt(samples.length / data.length),
  );
  assertNear(gridOf(data, expected), grid, `${what}, cells`);
}

export function assertMap({ shape, data }: ExplanationMap, expected: SmallMap, what: string): void {
  assert.deepEqual(shape, expected.shape, what);
  assertNear([...data], expected.values, what);
}

/** By no less than `least`: samples may happen to lie where there is nothing. */
function assertNear(
  values: readonly number[],
  expected: readonly number[],
  what: string,
  least = 0,
): void {
  const off = Math.hypot(...expected.map((value, at) => values[at]! - value));
  const limit = tolerance * Math.max(Math.hypot(...expected), least);
  assert.ok(off <= limit, `${what}: off by ${off}, limit ${limit}`);
}

/** Within a thousandth of the range of what is expected. */
export function assertInRange(
  values: ArrayLike<number>,
  expected: readonly number[],
  what: string,
): void {
  assert.equal(values.length, expected.length, what);
  const range = Math.max(...expected) - Math.min(...expected);
  for (const [at, value] of expected.entries()) {
    const off = Math.abs(values[at]! - value);
    assert.ok(off <= range * 1e-3, `${what} at ${at}: ${values[at]!}, expected ${value}`);
  }
}

const cells = 14;

/** Sums over cells and channels: row k covers floor(k h / 14) to floor((k + 1) h / 14). */
function gridOf(
  data: Float32Array,
  [height = 0, width = 0, channels = 0]: readonly number[],
): number[] {
  const sums = new Array<number>(cells * cells).fill(0);
  const cellOf = (at: number, size: number): number => Math.ceil(((at + 1) * cells) / size) - 1;
  for (const [index, value] of data.entries()) {
    const pixel = Math.floor(index / channels);
    const row = cellOf(Math.floor(pixel / width), height);
    sums[row * cells + cellOf(pixel % width, width)]! += value;
  }
  return sums;
}

/** First row, first column, last row, last column of the pixels where a map is not zero. */
export function boxOf({ shape: [, width = 0, channels = 0], data }: ExplanationMap): number[] {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [index, value] of data.entries()) {
    if (value === 0) continue;
    const pixel = Math.floor(index / channels);
    const [row, column] = [Math.floor(pixel / width), pixel % width];
    box[0] = Math.min(box[0]!, row);
    box[1] = Math.min(box[1]!, column);
    box[2] = Math.max(box[2]!, row);
    box[3] = Math.max(box[3]!, column);
  }
  return box;
}

type LayerRequest = (target: ExplanationTarget, layer: string) => ExplanationRequest;

/** How this project asks for the maps that the fixtures name. */
export const requestFor: Readonly<Record<string, LayerRequest | undefined>> = {
  gradCam: (target, layer) => ({ method: 'gradCam', target, layer }),
  gradCamBeforeRelu: (target, layer) => ({
    ...{ method: 'gradCam', target, layer },
    settings: { beforeActivation: true },
  }),
  gradCamPlusPlus: (target, layer) => ({ method: 'gradCamPlusPlus', target, layer }),
  hiResCam: (target, layer) => ({ method: 'hiResCam', target, layer }),
  layerCam: (target, layer) => ({ method: 'layerCam', target, layer }),
  eigenCam: (target, layer) => ({ method: 'eigenCam', target, layer }),
};
