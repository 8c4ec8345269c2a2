import * as tf from '@tensorflow/tfjs-core';
import type { WeightName } from '../../network/layers/layer';
import { throwWasmFailure } from '../backends/wasmFailures';
import { EngineError } from '../engineError';
import type { Step } from './builtModel';
import { towersOf } from './towers';

/** What a layer's weights hold for one output, read from the tensors it runs with: [h, w, in / groups] of a kernel, one number of a vector. */
export function outputWeights(step: Step, name: WeightName, output: number): Float32Array {
  const towers = towersOf(step, name);
  const perTower = (step.layer.outputShape.at(-1) ?? 0) / towers.length;
  const tensor = towers[Math.floor(output / perTower)];
  if (!tensor) throw new EngineError(`${step.layer.name} has no output ${output}`);
  return tf.tidy(() => {
    const last = tensor.rank - 1;
    const begin = tensor.shape.map((_, axis) => (axis === last ? output % perTower : 0));
    const size = tensor.shape.map((count, axis) => (axis === last ? 1 : count));
    const column = tf.slice(tensor, begin, size);
    throwWasmFailure();
    return column.dataSync<'float32'>();
  });
}
