import type {
  ExplanationMethod,
  ExplanationSettings,
  FaithfulnessSettings,
} from '../../protocol/explanation';
import { imagineDefaults, type ImagineSettings } from '../../protocol/imagining';
import {
  baselineRule,
  faithfulnessRules,
  imagineRules,
  settingRules,
  type RulesOf,
  type SettingRule,
} from '../../protocol/settingRules';
import { EngineError } from '../runtime/engineError';

/** What was given beside the defaults; throws an EngineError where a setting is unknown or cannot have its value. */
export function completeSettings<M extends ExplanationMethod>(
  method: M,
  defaults: ExplanationSettings[M],
  given: Partial<ExplanationSettings[M]>,
): ExplanationSettings[M] {
  return complete(method, settingRules[method], defaults, given);
}

/** The same of the two curves. */
export function completeFaithfulness(
  defaults: FaithfulnessSettings,
  given: Partial<FaithfulnessSettings>,
): FaithfulnessSettings {
  return complete('faithfulness', faithfulnessRules, defaults, given);
}

/** The same of a picture that is made for a target. */
export function completeImagineSettings(given: Partial<ImagineSettings>): ImagineSettings {
  return complete('imagine', imagineRules, imagineDefaults, given);
}

/** Throws an EngineError for what is no baseline; `name` is what it is given as. */
export function checkBaseline(name: string, value: unknown): void {
  if (baselineRule.allows(value)) return;
  throw new EngineError(`${name} must be ${baselineRule.says}, got ${JSON.stringify(value)}`);
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
