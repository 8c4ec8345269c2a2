import type { Layer, WeightSpec } from '../../network/layers/layer';
import { elementCount } from '../../network/tensor/shape';
import { EngineError } from '../engineError';
import type { BuiltModel } from './builtModel';
import { stepOf, towersOf } from './towers';

/** A weight of a built model, in the network's own layout; memory of the caller's own. */
export async function weightValues(
  model: BuiltModel,
  layer: Layer,
  { name, shape }: WeightSpec,
): Promise<Float32Array> {
  const towers: Float32Array[] = [];
  for (const tower of towersOf(stepOf(model, layer.name), name)) {
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
