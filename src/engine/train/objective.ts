import * as tf from '@tensorflow/tfjs-core';

/** What a training makes small besides the plain cross-entropy over all of a network's outputs. */
export interface Objective {
  /** The outputs among which a picture is classified; all of them without. */
  readonly classes?: readonly number[];
  /** Share of the target that is spread evenly over the classes (Szegedy et al. 2016, section 7). */
  readonly smoothing?: number;
}

/** Far below any logit, and finite: its softmax is 0 and so is its gradient. */
const never = -1e9;

/** Logits [n, outputs] with those of other classes out of the running. */
export function amongClasses(logits: tf.Tensor, { classes }: Objective): tf.Tensor {
  if (!classes) return logits;
  const mask = new Float32Array(logits.shape[1] ?? 0).fill(never);
  for (const index of classes) mask[index] = 0;
  return tf.add(logits, tf.tensor1d(mask));
}

/** The class of each row with the largest logit. */
export function largestAmong(logits: tf.Tensor, objective: Objective): number[] {
  return tf.tidy(() => [...tf.argMax(amongClasses(logits, objective), -1).dataSync()]);
}

/**
 * The mean over a batch of softmax cross-entropy from logits among the classes; through logSoftmax, whose gradient is
 * the exact one.
 */
export function crossEntropy(
  logits: tf.Tensor,
  labels: readonly number[],
  objective: Objective = {},
): tf.Scalar {
  const { classes, smoothing = 0 } = objective;
  const [count = 0, outputs = 0] = logits.shape;
  const targets = new Float32Array(count * outputs);
  const offered = classes ?? Array.from({ length: outputs }, (_, index) => index);
  for (const [row, label] of labels.entries()) {
    for (const index of smoothing > 0 ? offered : []) {
      targets[row * outputs + index] = smoothing / offered.length;
    }
    targets[row * outputs + label] = (targets[row * outputs + label] ?? 0) + 1 - smoothing;
  }
  const log = tf.logSoftmax(amongClasses(logits, objective));
  return tf.neg(tf.div(tf.sum(tf.mul(log, tf.tensor2d(targets, [count, outputs]))), count));
}
