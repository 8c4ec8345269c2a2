import * as tf from '@tensorflow/tfjs-core';
import type { Layer } from '../../network/layers/layer';
import { inputName } from '../../network/network';
import type { Shape } from '../../network/tensor/shape';
import type { BuiltModel, Step } from '../model/builtModel';
import { throwWasmFailure } from '../backends/wasmFailures';
import { yieldToEventLoop } from '../yieldToEventLoop';
import { inputOf } from '../model/builtModel';

/** One layer's output, row-major without the batch, and how long it took. */
export interface LayerOutput {
  readonly layer: Layer;
  readonly values: Float32Array;
  readonly milliseconds: number;
}

export interface ForwardPass {
  readonly outputs: readonly LayerOutput[];
  /** What goes into the softmax, or the output where there is none. */
  readonly logits: Float32Array;
}

interface ForwardOptions {
  readonly signal: AbortSignal;
  readonly onLayer: (name: string, fraction: number) => void;
}

/** How long a run may go on without hearing messages: each turn costs WebAssembly's threads a millisecond. */
const turnMilliseconds = 50;

/** Runs a picture through every layer once, keeping each layer's values; stops between layers when aborted. */
export async function forward(
  model: BuiltModel,
  picture: Float32Array,
  inputShape: Shape,
  { signal, onLayer }: ForwardOptions,
): Promise<ForwardPass> {
  const tensors = new Map<string, tf.Tensor>();
  const outputs: LayerOutput[] = [];
  let logits: Float32Array | undefined;
  let lastTurn = performance.now();
  try {
    tensors.set(inputName(model.network), tf.tensor(picture, [1, ...inputShape], 'float32'));
    for (const [index, step] of model.steps.entries()) {
      onLayer(step.layer.name, index / model.steps.length);
      if (performance.now() - lastTurn > turnMilliseconds) {
        await yieldToEventLoop();
        lastTurn = performance.now();
      }
      signal.throwIfAborted();
      const start = performance.now();
      const { output, beforeSoftmax } = runStep(step, inputOf(step.layer, tensors));
      tensors.set(step.layer.name, output);
      throwWasmFailure();
      const values = output.dataSync<'float32'>();
      outputs.push({ layer: step.layer, values, milliseconds: performance.now() - start });
      logits = beforeSoftmax ?? values;
    }
    return { outputs, logits: logits ?? new Float32Array() };
  } finally {
    for (const tensor of tensors.values()) tensor.dispose();
  }
}

function runStep(
  step: Step,
  input: tf.Tensor,
): { output: tf.Tensor; beforeSoftmax: Float32Array | undefined } {
  let beforeSoftmax: Float32Array | undefined;
  const output = tf.tidy(() =>
    step.tfLayers.reduce((x, tfLayer) => {
      if (tfLayer.getClassName() === 'Softmax') beforeSoftmax = x.dataSync<'float32'>();
      return tfLayer.apply(x) as tf.Tensor;
    }, input),
  );
  return { output, beforeSoftmax };
}
