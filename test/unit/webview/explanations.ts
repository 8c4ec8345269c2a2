import {
  explanationDefaults,
  type Explanation,
  type ExplanationMethod,
  type ExplanationRecipe,
} from '../../../src/protocol/explanation';

/** An explanation of class 574 with this map and the settings that are used where none are given. */
export function explanationOf(
  method: ExplanationMethod,
  shape: readonly number[],
  data: Float32Array,
  layer?: string,
): Explanation {
  const settings = explanationDefaults[method];
  const recipe = { method, settings, target: { class: 574 }, ...(layer && { layer }) };
  return {
    map: { shape, data },
    value: 8,
    milliseconds: 1,
    recipe: recipe as ExplanationRecipe,
  };
}
