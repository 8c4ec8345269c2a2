import type * as tf from '@tensorflow/tfjs-core';
import { layerNamed } from '../../network/network';
import { wasmView } from '../backends/wasmKernels';
import { collectGarbage } from '../runtime/collectGarbage';
import type { BuiltModel } from '../model/builtModel';
import { stepOf } from '../model/builtModel';
import { readPart } from '../model/weightValues';
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

function* piecesOf(towers: readonly tf.Tensor[]): Generator<WeightPiece> {
  let firstOutput = 0;
  for (const tower of towers) {
    const outputs = tower.shape.at(-1) ?? 1;
    const rows = tower.size / outputs;
    const rowsAtOnce = Math.max(1, Math.floor(pieceValues / outputs));
    for (let row = 0; row < rows; row += rowsAtOnce) {
      const count = Math.min(rowsAtOnce, rows - row);
      const inPlace = wasmView(tower)?.subarray(row * outputs, (row + count) * outputs);
      const values = inPlace ?? readPart(tower, [row, 0], [count, outputs]);
      yield { values, firstOutput, outputs };
      if (!inPlace) collectGarbage(values.byteLength);
    }
    firstOutput += outputs;
  }
}
