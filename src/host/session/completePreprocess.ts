import type { PreprocessParts } from '../../network/changedParts';
import { withParts } from '../../network/changedParts';
import type { Preprocess } from '../../network/preprocess';
import type { VariantId } from '../../library/variant';
import { variants } from '../../library/variants';

/** A variant's own preprocessing with the parts that a caller overrides; the engine checks the values. */
export function completePreprocess(variant: VariantId, parts: PreprocessParts = {}): Preprocess {
  return withParts(variants[variant].preprocess, parts);
}
