import type { VariantId } from '../library/variant';

/** What a file's graph says of the two kinds of layer that tell Caffe's AlexNets apart. */
export type NormStep =
  | { readonly kind: 'pool' }
  | {
      readonly kind: 'norm';
      readonly k: number;
      /** As Caffe and ONNX mean it: divided by the window's size. */
      readonly alpha: number;
    };

/** BVLC AlexNet normalises before it pools, CaffeNet after; the paper's formula has k 2 and an alpha that is not divided by n = 5. */
export function variantOfNorms(steps: readonly NormStep[]): VariantId | undefined {
  const norm = steps.find((step) => step.kind === 'norm');
  if (!norm) return undefined;
  const normFirst = steps[0] === norm;
  if (near(norm.k, 1) && near(norm.alpha, 1e-4)) return normFirst ? 'bvlc' : 'caffenet';
  return near(norm.k, 2) && near(norm.alpha, 5e-4) && normFirst ? 'paper' : undefined;
}

/** These were written as float32. */
function near(value: number, wanted: number): boolean {
  return Math.abs(value - wanted) <= 1e-3 * wanted;
}
