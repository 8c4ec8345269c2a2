import type { ExplanationMethod, ExplanationSettings, FaithfulnessSettings } from './explanation';
import type { ImagineSettings } from './imagining';

/** What a setting may be, and how a sentence says it. */
export interface SettingRule {
  readonly says: string;
  readonly allows: (value: unknown) => boolean;
}

export type RulesOf<T> = { readonly [S in keyof T]: SettingRule };

const whole: SettingRule = { says: 'a whole number', allows: isWhole };

const from = (least: number, most: number): SettingRule => ({
  says: `a whole number from ${least} to ${most}`,
  allows: (value) => isWhole(value) && value >= least && value <= most,
});

const oneOf = (...values: readonly string[]): SettingRule => ({
  says: `one of ${values.join(', ')}`,
  allows: (value) => values.some((each) => each === value),
});

const above = (least: number, most: number): SettingRule => ({
  says: `a number above ${least}, at most ${most}`,
  allows: (value) => typeof value === 'number' && value > least && value <= most,
});

const between = (least: number, most: number): SettingRule => ({
  says: `a number from ${least} to ${most}`,
  allows: (value) => typeof value === 'number' && value >= least && value <= most,
});

const flag: SettingRule = {
  says: 'true or false',
  allows: (value) => typeof value === 'boolean',
};

export const baselineRule: SettingRule = {
  says: "'zero', { rgb: [red, green, blue] } with values from 0 to 255, or { runId }",
  allows: isBaseline,
};

const repeats = from(1, 1000);
const pixels = from(1, 4096);

/** What each method's settings may be: the engine's refusals and the page's fields say the same. */
export const settingRules: { readonly [M in ExplanationMethod]: RulesOf<ExplanationSettings[M]> } =
  {
    saliency: {},
    gradientXInput: {},
    smoothGrad: { samples: repeats, spread: above(0, 10), seed: whole },
    integratedGradients: {
      steps: repeats,
      rule: oneOf('midpoint', 'gaussLegendre'),
      baseline: baselineRule,
    },
    guidedBackprop: {},
    deconvnet: {},
    lrp: { rule: oneOf('epsilonPlus', 'epsilonPlusFlat', 'epsilonGammaBox') },
    gradCam: { beforeActivation: flag },
    gradCamPlusPlus: {},
    hiResCam: {},
    layerCam: {},
    eigenCam: {},
    scoreCam: {},
    ablationCam: {},
    occlusion: { window: pixels, stride: pixels, baseline: baselineRule },
  };

export const imagineRules: RulesOf<ImagineSettings> = {
  seed: whole,
  steps: from(1, 10_000),
  stepSize: above(0, 255),
  blur: between(0, 16),
  blurEvery: repeats,
  jitter: from(0, 64),
  decay: between(0, 1),
};

export const faithfulnessRules: RulesOf<FaithfulnessSettings> = {
  grid: from(2, 64),
  perStep: from(1, 4096),
  baseline: baselineRule,
};

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isBaseline(value: unknown): boolean {
  if (value === 'zero') return true;
  if (typeof value !== 'object' || value === null) return false;
  const { rgb, runId } = value as { readonly rgb?: unknown; readonly runId?: unknown };
  if (runId !== undefined) return isWhole(runId);
  const isPart = (part: unknown): boolean => typeof part === 'number' && part >= 0 && part <= 255;
  return Array.isArray(rgb) && rgb.length === 3 && rgb.every(isPart);
}
