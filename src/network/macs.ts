import type { Layer } from './layer';
import { elementCount } from './shape';

/** Multiply-adds of one picture; biases, activations and pooling are not counted. */
export function macs(layer: Layer): number {
  const kernel = layer.weights.find((weight) => weight.name === 'kernel');
  if (!kernel) return 0;
  const positions = layer.kind === 'Conv2D' ? elementCount(layer.outputShape.slice(0, 2)) : 1;
  return elementCount(kernel.shape) * positions;
}
