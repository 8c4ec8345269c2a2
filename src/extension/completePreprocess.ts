import type { Preprocess } from '../network/preprocess';
import { variants } from '../network/variants/variants';
import type { VariantId } from '../network/variants/variant';

/** A variant's own preprocessing with the parts that a caller overrides; the engine checks the values. */
export function completePreprocess(
  variant: VariantId,
  parts: { readonly [K in keyof Preprocess]?: Preprocess[K] | undefined } = {},
): Preprocess {
  const own = variants[variant].preprocess;
  return {
    fit: parts.fit ?? own.fit,
    filter: parts.filter ?? own.filter,
    order: parts.order ?? own.order,
    scale: parts.scale ?? own.scale,
    mean: parts.mean ?? own.mean,
    std: parts.std ?? own.std,
  };
}
