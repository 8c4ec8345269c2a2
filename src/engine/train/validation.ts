import * as tf from '@tensorflow/tfjs-core';
import { yieldToEventLoop } from '../runtime/pacing';
import type { Batches } from './batches';
import { crossEntropy, largestAmong, type Objective } from './objective';
import type { TrainableModel } from './trainableModel';

/** How well pictures are classified, as at inference. */
export interface Validation {
  readonly loss: number;
  /** Share of the pictures whose class came first. */
  readonly accuracy: number;
  /** What each was taken for, in the order of the batches. */
  readonly predicted: readonly number[];
}

/** Classifies every picture once; can be stopped between batches. */
export async function validate(
  model: TrainableModel,
  batches: Batches,
  objective: Objective,
  signal: AbortSignal,
): Promise<Validation> {
  const predicted: number[] = [];
  let [loss, correct] = [0, 0];
  for (let at = 0; at < batches.count; at++) {
    await yieldToEventLoop();
    signal.throwIfAborted();
    const { pictures, labels } = batches.plain(at);
    const classes = tf.tidy(() => {
      const logits = model.predictions(pictures);
      const [mean = NaN] = crossEntropy(logits, labels, objective).dataSync();
      loss += mean * labels.length;
      return largestAmong(logits, objective);
    });
    pictures.dispose();
    predicted.push(...classes);
    correct += labels.filter((label, index) => classes[index] === label).length;
  }
  return { loss: loss / batches.pictures, accuracy: correct / batches.pictures, predicted };
}
