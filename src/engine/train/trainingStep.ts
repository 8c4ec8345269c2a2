import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { throwWasmFailure } from '../backends/wasmFailures';
import { crossEntropy, largestAmong, type Objective } from './objective';
import type { Optimiser } from './optimiser';
import type { PassNotes, TrainableModel, TrainableWeight } from './trainableModel';

/** Pictures as the network takes them, [n, height, width, channels], and the class of each. */
export interface Batch {
  readonly pictures: tf.Tensor;
  readonly labels: readonly number[];
}

/** A batch's mean loss, and the class that each picture was taken for, before the weights moved. */
export interface StepResult {
  readonly loss: number;
  readonly predicted: readonly number[];
}

interface StepOptions {
  readonly optimiser: Optimiser;
  readonly rate: number;
  /** Decides what dropout drops; without one it drops nothing. */
  readonly seed: number | undefined;
  readonly objective?: Objective;
  /** Of batch normalisation's moving statistics; Keras' without. */
  readonly momentum?: number;
}

/** One step: forward, backward, and every weight that learns is moved. A loss that is no number moves nothing. */
export function trainStep(model: TrainableModel, batch: Batch, options: StepOptions): StepResult {
  const notes: PassNotes = { moments: [] };
  const { optimiser, rate, seed, objective = {}, momentum } = options;
  const { loss, logits, gradients } = gradientsOf(model, batch, { seed, notes, objective });
  try {
    const result = { loss, predicted: largestAmong(logits, objective) };
    if (!Number.isFinite(loss)) return result;
    optimiser.beginStep();
    for (const { variable, gradient, name } of gradients) {
      optimiser.move(name, variable, gradient, rate);
      gradient.dispose();
    }
    throwWasmFailure();
    model.moveStatistics(notes, momentum);
    return result;
  } finally {
    logits.dispose();
    for (const { gradient } of gradients) gradient.dispose();
    for (const { mean, variance } of notes.moments) tf.dispose([mean, variance]);
  }
}

interface VariableGradient {
  readonly name: string;
  readonly weight: TrainableWeight;
  readonly variable: tf.Variable;
  readonly gradient: tf.Tensor;
}

interface GradientOptions {
  readonly seed: number | undefined;
  readonly notes: PassNotes;
  readonly objective?: Objective;
}

/** The loss, the logits and the gradient of every weight that learns; the tensors are the caller's. */
export function gradientsOf(
  model: TrainableModel,
  { pictures, labels }: Batch,
  { seed, notes, objective }: GradientOptions,
): { loss: number; logits: tf.Tensor; gradients: readonly VariableGradient[] } {
  const variables = model.trainable.flatMap((weight) =>
    weight.towers.map((variable, tower) => {
      const name = `${weight.layer.name}.${weight.name}${weight.towers.length > 1 ? `.${tower}` : ''}`;
      return { weight, variable, name };
    }),
  );
  let logits: tf.Tensor | undefined;
  const { value, grads } = tf.variableGrads(
    () => {
      const output = model.logits(pictures, seed, notes);
      logits = tf.keep(tf.clone(output));
      return crossEntropy(output, labels, objective);
    },
    variables.map(({ variable }) => variable),
  );
  const [loss = NaN] = value.dataSync();
  value.dispose();
  const gradients = variables.map(({ weight, variable, name }) => {
    return { name, weight, variable, gradient: grads[variable.name] as tf.Tensor };
  });
  return { loss, logits: logits as unknown as tf.Tensor, gradients };
}
