import * as tf from '@tensorflow/tfjs-core';
import type { BuiltModel } from '../../src/engine/model/builtModel';
import type { Step } from '../../src/engine/model/step';
import { inputShape } from '../../src/network/inputShape';
import { inputName } from '../../src/network/network';

/** What the network makes of a picture, read as its one output; no layer between is read. */
export function bareForward(model: BuiltModel, picture: Float32Array): Float32Array {
  const shape = inputShape(model.network);
  return tf.tidy(() => {
    const outputs = runAll(model, tf.tensor(picture, [1, ...shape]), (_, run) => run());
    return (outputs.get(model.network.outputs[0] ?? '') as tf.Tensor).dataSync<'float32'>();
  });
}

/** How long each layer takes to compute, without reading its values: milliseconds of every run, by the layer's name. */
export function layerTimes(
  model: BuiltModel,
  picture: tf.Tensor,
  runs: number,
): Readonly<Record<string, readonly number[]>> {
  const times: Record<string, number[]> = {};
  for (let run = 0; run < runs; run++) {
    tf.tidy(() => {
      runAll(model, picture, ({ layer }, compute) => {
        const start = performance.now();
        const output = compute();
        (times[layer.name] ??= []).push(performance.now() - start);
        return output;
      });
    });
  }
  return times;
}

function runAll(
  { network, steps }: BuiltModel,
  picture: tf.Tensor,
  compute: (step: Step, run: () => tf.Tensor) => tf.Tensor,
): ReadonlyMap<string, tf.Tensor> {
  const outputs = new Map([[inputName(network), picture]]);
  for (const step of steps) {
    const inputs = step.layer.inputs.map((name) => outputs.get(name) as tf.Tensor);
    const run = (): tf.Tensor => (step.softmax ? tf.softmax(step.run(inputs)) : step.run(inputs));
    outputs.set(step.layer.name, compute(step, run));
  }
  return outputs;
}
