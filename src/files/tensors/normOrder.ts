import type { Network } from '../../network/network';

/** A pool or response norm of a file's graph, in running order; they tell Caffe's AlexNets apart. */
export type NormStep =
  | { readonly kind: 'pool' }
  | {
      readonly kind: 'norm';
      readonly k: number;
      /** As in Caffe and ONNX, where it is divided by the window's size. */
      readonly alpha: number;
    };

/**
 * Whether a network normalises as a file's graph does: before or after it pools, and with the same constants. BVLC
 * AlexNet does before, CaffeNet after; the paper's k is 2 and its alpha is not divided by the window's size.
 */
export function normalisesAlike(steps: readonly NormStep[], network: Network): boolean {
  const norm = steps.find((step) => step.kind === 'norm');
  const own = network.layers.find(({ kind }) => kind === 'LocalResponseNormalization');
  if (!norm || own?.kind !== 'LocalResponseNormalization') return false;
  const first = network.layers.find(({ kind }) => kind === own.kind || kind === 'MaxPooling2D');
  const sameOrder = (steps[0] === norm) === (first === own);
  const size = 2 * own.depthRadius + 1;
  return sameOrder && near(norm.k, own.bias) && near(norm.alpha, own.alpha * size);
}

/** Whether all response norms have the k that Caffe, PyTorch and ONNX give one of which nothing is said. */
export function hasUsualNorms({ layers }: Network): boolean {
  return layers.every((layer) => layer.kind !== 'LocalResponseNormalization' || layer.bias === 1);
}

/** Files hold these as float32. */
function near(value: number, wanted: number): boolean {
  return Math.abs(value - wanted) <= 1e-3 * wanted;
}
