import * as tf from '@tensorflow/tfjs-core';
import { inputShapeOf, type Layer } from '../../network/layers/layer';
import type { Network } from '../../network/network';
import { EngineError } from '../runtime/engineError';

/**
 * Throws, by the layer's name, before anything starts, where a gradient has to go through a layer that the backend has
 * none for: through those that learn, and those behind them.
 */
export function checkLearnable(
  { layers }: Pick<Network, 'layers'>,
  learning: ReadonlySet<string>,
  backend: string = tf.getBackend(),
): void {
  const reached = new Set<string>();
  for (const layer of layers) {
    const { name, inputs } = layer;
    if (!learning.has(name) && !inputs.some((input) => reached.has(input))) continue;
    reached.add(name);
    const why = whyNot(layer, backend);
    if (why === undefined) continue;
    const way = 'choose a later layer to learn from, or the classifier alone';
    throw new EngineError(`${name} cannot learn, nor any layer before it: ${why}; ${way}`);
  }
}

function whyNot(layer: Layer, backend: string): string | undefined {
  if (layer.kind !== 'Conv2D') return undefined;
  if (layer.dilation.some((gap) => gap > 1))
    return 'TensorFlow.js has no gradient for convolutions with gaps';
  const isDepthwise = layer.groups > 1 && layer.groups === inputShapeOf(layer)[2];
  return isDepthwise && backend === 'wasm'
    ? 'WebAssembly has no gradient for depthwise convolutions, native TensorFlow has'
    : undefined;
}
