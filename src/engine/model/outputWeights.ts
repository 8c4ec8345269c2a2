import * as tf from '@tensorflow/tfjs-core';
import type { WeightName } from '../../network/layer';
import { throwWasmFailure } from '../backends/wasmFailures';
import { EngineError } from '../engineError';
import type { Step } from './builtModel';

/** What a layer's weights hold for one output, read from the tensors it runs with: [h, w, in / groups] of a kernel, one number of a vector. */
export function outputWeights(
  { layer, tfLayers }: Step,
  name: WeightName,
  output: number,
): Float32Array {
  const groups = layer.kind === 'Conv2D' ? layer.groups : 1;
  const perGroup = (layer.outputShape.at(-1) ?? 0) / groups;
  const tensors = tfLayers.flatMap(({ weights }) => weights);
  const spec = layer.weights.findIndex((weight) => weight.name === name);
  // A tower has tensors of its own: all kernels stand before all biases.
  const variable = tensors[spec * groups + Math.floor(output / perGroup)];
  if (spec < 0 || !variable) throw new EngineError(`${layer.name} has no ${name}`);
  return tf.tidy(() => {
    const tensor = variable.read();
    const last = tensor.rank - 1;
    const begin = tensor.shape.map((_, axis) => (axis === last ? output % perGroup : 0));
    const size = tensor.shape.map((count, axis) => (axis === last ? 1 : count));
    const column = tf.slice(tensor, begin, size);
    throwWasmFailure();
    return column.dataSync<'float32'>();
  });
}
