import * as tf from '@tensorflow/tfjs-core';
import type { Layer, WeightName, WeightSpec } from '../../network/layers/layer';
import { elementCount } from '../../network/tensor/shape';
import { throwWasmFailure } from '../backends/wasmFailures';
import { EngineError } from '../runtime/engineError';
import type { BuiltModel } from './builtModel';
import { stepOf } from './builtModel';
import type { Step } from './step';

/** A weight of a built model, in the network's own layout; memory of the caller's own. */
export async function weightValues(
  model: BuiltModel,
  layer: Layer,
  { name, shape }: WeightSpec,
): Promise<Float32Array> {
  const towers: Float32Array[] = [];
  for (const tower of stepOf(model, layer.name).weights(name)) {
    towers.push(await tower.data<'float32'>());
  }
  const values = towers.length > 1 ? sideBySide(towers, shape.at(-1) ?? 0) : towers[0];
  if (values?.length === elementCount(shape)) return values;
  throw new EngineError(`${layer.name} has no ${name} that can be read back`);
}

/** Row-major matrices, equally wide, as one that is `width` wide. */
function sideBySide(parts: readonly Float32Array[], width: number): Float32Array {
  const part = width / parts.length;
  const rows = (parts[0]?.length ?? 0) / part;
  const values = new Float32Array(rows * width);
  for (const [index, columns] of parts.entries()) {
    for (let row = 0; row < rows; row++) {
      values.set(columns.subarray(row * part, (row + 1) * part), row * width + index * part);
    }
  }
  return values;
}

/** What a layer's weights hold for one output, read from the tensors it runs with: [h, w, in / groups] of a kernel, one number of a vector. */
export function outputWeights(step: Step, name: WeightName, output: number): Float32Array {
  const towers = step.weights(name);
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

/** A part of a tensor as a matrix, copied out of the backend; it leaves no tensor behind. */
export function readPart(
  tensor: tf.Tensor,
  begin: [number, number],
  size: [number, number],
): Float32Array {
  const outputs = tensor.shape.at(-1) ?? 1;
  const part = tf.tidy(() =>
    tf.slice2d(tf.reshape<tf.Rank.R2>(tensor, [tensor.size / outputs, outputs]), begin, size),
  );
  try {
    return part.dataSync<'float32'>();
  } finally {
    part.dispose();
  }
}
