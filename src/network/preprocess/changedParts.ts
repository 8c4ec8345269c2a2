import type { Preprocess } from './preprocess';

/** Parts of a preprocessing; omitted ones are as published. */
export type PreprocessParts = { readonly [K in keyof Preprocess]?: Preprocess[K] | undefined };

/** A preprocessing with some parts replaced. */
export function withParts(own: Preprocess, parts: PreprocessParts): Preprocess {
  return {
    fit: parts.fit ?? own.fit,
    filter: parts.filter ?? own.filter,
    order: parts.order ?? own.order,
    scale: parts.scale ?? own.scale,
    mean: parts.mean ?? own.mean,
    std: parts.std ?? own.std,
  };
}

/** The parts of one preprocessing that differ from another. */
export function changedParts(settings: Preprocess, published: Preprocess): PreprocessParts {
  const entries = Object.entries(settings) as [keyof Preprocess, unknown][];
  return Object.fromEntries(entries.filter(([part, value]) => !sameValue(value, published[part])));
}

/** Compares as JSON, since checked settings have their fields in a fixed order. */
function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
