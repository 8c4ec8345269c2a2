import { layerNamed } from '../../network/network';
import { mapShape } from '../../network/tensor/cell';
import { elementCount } from '../../network/tensor/shape';
import type { StrongestCells } from '../../protocol/likes';
import type { BuiltModel } from '../model/builtModel';
import { forwardTogether } from '../run/forward';

/**
 * Runs pictures through the network together, no further than a layer, and gives for each picture the largest value of
 * every channel and its cell, the first of equals: before the layer's softmax, after any other activation.
 */
export async function strongestCells(
  model: BuiltModel,
  pictures: readonly Float32Array[],
  { layer, signal }: { readonly layer: string; readonly signal: AbortSignal },
): Promise<readonly StrongestCells[]> {
  const { outputShape } = layerNamed(model.network, layer);
  const [, , channels] = mapShape(outputShape);
  const outputs = await forwardTogether(model, pictures, { to: layer, signal });
  return outputs.map((values) => strongest(values, channels, elementCount(outputShape) / channels));
}

function strongest(values: Float32Array, channels: number, cells: number): StrongestCells {
  const largest = values.slice(0, channels);
  const at = new Uint32Array(channels);
  for (let cell = 1; cell < cells; cell++) {
    for (let channel = 0; channel < channels; channel++) {
      const value = values[cell * channels + channel] ?? 0;
      // Not `<=`, by which a value that is no number would stay.
      if (value > (largest[channel] ?? 0) || Number.isNaN(largest[channel])) {
        largest[channel] = value;
        at[channel] = cell;
      }
    }
  }
  return { values: largest, cells: at };
}
