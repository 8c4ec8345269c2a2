import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { strict as assert } from 'node:assert';
import { resolve } from 'node:path';
import { cpuBackend } from '../../../../src/engine/backends/cpuBackend';
import { crossEntropy, type Objective } from '../../../../src/engine/train/objective';
import { momentumAfter } from '../../../../src/engine/train/trainableModel';

describe('what a training makes small', () => {
  before(async () => {
    const wasmDirectory = resolve('dist/wasm');
    await cpuBackend.start({ addonPath: undefined, threads: 1, wasmDirectory });
  });

  /** Of one picture of class 2 with the logits 1, 2, 3. */
  const loss = (objective: Objective): { value: number; gradient: readonly number[] } => {
    const logits = tf.variable(tf.tensor2d([[1, 2, 3]]));
    const { value, grads } = tf.variableGrads(() => crossEntropy(logits, [2], objective), [logits]);
    const result = { value: value.dataSync()[0]!, gradient: [...grads[logits.name]!.dataSync()] };
    tf.dispose([value, grads, logits]);
    return result;
  };
  const near = (value: number, expected: number): void =>
    assert.ok(Math.abs(value - expected) < 1e-6, `${value}, not ${expected}`);

  it('is the cross-entropy', () => {
    near(loss({}).value, Math.log(Math.exp(-2) + Math.exp(-1) + 1));
  });

  it('is that among the classes asked for, and moves no other', () => {
    const { value, gradient } = loss({ classes: [0, 2] });
    near(value, Math.log(Math.exp(-2) + 1));
    assert.equal(gradient[1], 0);
    // Softmax of 1 and 3 less the target.
    const first = 1 / (1 + Math.exp(2));
    near(gradient[0]!, first);
    near(gradient[2]!, -first);
  });

  it('spreads a share of the target over those classes', () => {
    const surprise = Math.log(Math.exp(-2) + 1);
    near(loss({ classes: [0, 2], smoothing: 0.2 }).value, 0.9 * surprise + 0.1 * (surprise + 2));
  });

  it("follows the batches' statistics closely at first, then as Keras", () => {
    assert.deepEqual([0, 10, 890, 891, 1e6].map(momentumAfter), [0.1, 0.55, 0.99, 0.99, 0.99]);
  });
});
