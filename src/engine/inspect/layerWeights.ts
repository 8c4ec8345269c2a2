import * as tf from '@tensorflow/tfjs-core';
import { layerNamed } from '../../network/network';
import type { Filters, FilterRange } from '../../protocol/weightSummary';
import { wasmView } from '../backends/wasmKernels';
import { collectGarbage } from '../runtime/collectGarbage';
import { EngineError } from '../runtime/engineError';
import type { BuiltModel } from '../model/builtModel';
import { stepOf } from '../model/builtModel';
import type { WeightPiece, WeightTensor } from './summarizeTensor';

/** How many values are read at a time: 4 MB, so that fc6's 151 MB are never in memory twice. */
const pieceValues = 2 ** 20;

/** The weights of a layer as the model holds them, a kernel whole even where it is split into towers. */
export function layerWeights(model: BuiltModel, name: string): readonly WeightTensor[] {
  const layer = layerNamed(model.network, name);
  return layer.weights.map((spec) => {
    const towers = stepOf(model, name).weights(spec.name);
    return { spec, pieces: () => piecesOf(towers) };
  });
}

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

function* piecesOf(towers: readonly tf.Tensor[]): Generator<WeightPiece> {
  let firstOutput = 0;
  for (const tower of towers) {
    const outputs = tower.shape.at(-1) ?? 1;
    const rows = tower.size / outputs;
    const rowsAtOnce = Math.max(1, Math.floor(pieceValues / outputs));
    for (let row = 0; row < rows; row += rowsAtOnce) {
      const count = Math.min(rowsAtOnce, rows - row);
      const inPlace = wasmView(tower)?.subarray(row * outputs, (row + count) * outputs);
      const values = inPlace ?? read(tower, [row, 0], [count, outputs]);
      yield { values, firstOutput, outputs };
      if (!inPlace) collectGarbage(values.byteLength);
    }
    firstOutput += outputs;
  }
}

/** Columns of a kernel seen as a matrix of one column an output: [h · w · in, count]. */
function readColumns(tower: tf.Tensor, first: number, count: number): Float32Array {
  const outputs = tower.shape.at(-1) ?? 1;
  return read(tower, [0, first], [tower.size / outputs, count]);
}

/** A part of a tensor as a matrix, copied out of the backend; it leaves no tensor behind. */
function read(tensor: tf.Tensor, begin: [number, number], size: [number, number]): Float32Array {
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
