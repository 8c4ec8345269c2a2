import type { PreprocessParts } from '../../network/preprocess/changedParts';
import { withParts } from '../../network/preprocess/changedParts';
import type { Preprocess } from '../../network/preprocess/preprocess';
import type { VariantId } from '../../library/variant';
import { variants } from '../../library/variants';

/** A variant's own preprocessing with the parts that a caller overrides; the engine checks the values. */
export function completePreprocess(variant: VariantId, parts: PreprocessParts = {}): Preprocess {
  return withParts(variants[variant].preprocess, parts);
}
