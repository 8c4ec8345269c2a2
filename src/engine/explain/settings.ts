import type {
  ExplanationMethod,
  ExplanationSettings,
  FaithfulnessSettings,
} from '../../protocol/explanation';
import { imagineDefaults, type ImagineSettings } from '../../protocol/imagining';
import { EngineError } from '../runtime/engineError';

/** What a setting may be, and how a sentence says it. */
interface SettingRule {
  readonly says: string;
  readonly allows: (value: unknown) => boolean;
}

type RulesOf<T> = { readonly [S in keyof T]: SettingRule };

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

const baseline: SettingRule = {
  says: "'zero', { rgb: [red, green, blue] } with values from 0 to 255, or { runId }",
  allows: isBaseline,
};

const repeats = from(1, 1000);
const pixels = from(1, 4096);

const rules: { readonly [M in ExplanationMethod]: RulesOf<ExplanationSettings[M]> } = {
  saliency: {},
  gradientXInput: {},
  smoothGrad: { samples: repeats, spread: above(0, 10), seed: whole },
  integratedGradients: { steps: repeats, rule: oneOf('midpoint', 'gaussLegendre'), baseline },
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
  occlusion: { window: pixels, stride: pixels, baseline },
};

const imagine: RulesOf<ImagineSettings> = {
  seed: whole,
  steps: from(1, 10_000),
  stepSize: above(0, 255),
  blur: between(0, 16),
  blurEvery: repeats,
  jitter: from(0, 64),
  decay: between(0, 1),
};

const faithfulness: RulesOf<FaithfulnessSettings> = {
  grid: from(2, 64),
  perStep: from(1, 4096),
  baseline,
};

/** What was given beside the defaults; throws an EngineError where a setting is unknown or cannot have its value. */
export function completeSettings<M extends ExplanationMethod>(
  method: M,
  defaults: ExplanationSettings[M],
  given: Partial<ExplanationSettings[M]>,
): ExplanationSettings[M] {
  return complete(method, rules[method], defaults, given);
}

/** The same of the two curves. */
export function completeFaithfulness(
  defaults: FaithfulnessSettings,
  given: Partial<FaithfulnessSettings>,
): FaithfulnessSettings {
  return complete('faithfulness', faithfulness, defaults, given);
}

/** The same of a picture that is made for a target. */
export function completeImagineSettings(given: Partial<ImagineSettings>): ImagineSettings {
  return complete('imagine', imagine, imagineDefaults, given);
}

/** Throws an EngineError for what is no baseline; `name` is what it is given as. */
export function checkBaseline(name: string, value: unknown): void {
  if (baseline.allows(value)) return;
  throw new EngineError(`${name} must be ${baseline.says}, got ${JSON.stringify(value)}`);
}

function complete<T extends object>(
  what: string,
  known: RulesOf<T>,
  defaults: T,
  given: Partial<T>,
): T {
  const chosen = Object.entries<unknown>(given).filter(([, value]) => value !== undefined);
  for (const [name, value] of chosen) {
    const rule = Object.entries<SettingRule>(known).find(([each]) => each === name)?.[1];
    if (!rule)
      throw new EngineError(
        `${what} has no setting ${JSON.stringify(name)}; it has ${Object.keys(known).join(', ') || 'none'}`,
      );
    if (!rule.allows(value))
      throw new EngineError(
        `${name} of ${what} must be ${rule.says}, got ${JSON.stringify(value)}`,
      );
  }
  return { ...defaults, ...Object.fromEntries(chosen) };
}

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
