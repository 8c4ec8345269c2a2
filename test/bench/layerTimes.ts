import { inputName } from '../../src/network/network';
import * as tf from '@tensorflow/tfjs-core';
import type { BuiltModel } from '../../src/engine/model/builtModel';
import { inputOf } from '../../src/engine/model/builtModel';

/** How long each layer takes to compute, without reading its values: milliseconds of every run, by the layer's name. */
export function layerTimes(
  { network, steps }: BuiltModel,
  picture: tf.Tensor,
  runs: number,
): Readonly<Record<string, readonly number[]>> {
  const times: Record<string, number[]> = {};
  for (let run = 0; run < runs; run++) {
    tf.tidy(() => {
      const outputs = new Map([[inputName(network), picture]]);
      for (const { layer, tfLayers } of steps) {
        const start = performance.now();
        const input = inputOf(layer, outputs);
        const output = tfLayers.reduce((x, tfLayer) => tfLayer.apply(x) as tf.Tensor, input);
        outputs.set(layer.name, output);
        (times[layer.name] ??= []).push(performance.now() - start);
      }
    });
  }
  return times;
}
