import type * as tf from '@tensorflow/tfjs-core';
import { layerNamed } from '../../network/network';
import type { Filters, FilterRange } from '../../protocol/weightSummary';
import type { BuiltModel } from '../model/builtModel';
import { stepOf } from '../model/builtModel';
import { readPart } from '../model/weightValues';
import { EngineError } from '../runtime/engineError';

/** Some filters of a convolution, each with all the input channels that it sees. */
export function layerFilters(
  model: BuiltModel,
  name: string,
  { first, count }: FilterRange,
): Filters {
  const layer = layerNamed(model.network, name);
  if (layer.kind !== 'Conv2D') throw new EngineError(`${name} is no convolution: no kernels`);
  const isRange = Number.isSafeInteger(first) && Number.isSafeInteger(count) && first >= 0;
  if (!isRange || count < 1 || first + count > layer.filters) {
    throw new EngineError(
      `${name} has the filters 0 to ${layer.filters - 1}, not ${first} to ${first + count - 1}`,
    );
  }
  const [height = 0, width = 0, inputs = 0] = layer.weights[0]?.shape ?? [];
  const perFilter = height * width * inputs;
  const data = new Float32Array(count * perFilter);
  let towerStart = 0;
  for (const tower of stepOf(model, name).weights('kernel')) {
    const outputs = tower.shape.at(-1) ?? 0;
    const from = Math.max(first, towerStart);
    const to = Math.min(first + count, towerStart + outputs);
    if (from < to) {
      const values = readColumns(tower, from - towerStart, to - from);
      data.set(filtersFirst(values, to - from), (from - first) * perFilter);
    }
    towerStart += outputs;
  }
  return { shape: [count, height, width, inputs], data };
}

/** Columns of a kernel seen as a matrix of one column an output: [h · w · in, count]. */
function readColumns(tower: tf.Tensor, first: number, count: number): Float32Array {
  const outputs = tower.shape.at(-1) ?? 1;
  return readPart(tower, [0, first], [tower.size / outputs, count]);
}

/** From a matrix of one column a filter to one filter after the other, each [h, w, in]. */
export function filtersFirst(values: Float32Array, filters: number): Float32Array {
  const perFilter = values.length / filters;
  const turned = new Float32Array(values.length);
  for (let filter = 0; filter < filters; filter++) {
    for (let i = 0; i < perFilter; i++) {
      turned[filter * perFilter + i] = values[i * filters + filter] ?? 0;
    }
  }
  return turned;
}
