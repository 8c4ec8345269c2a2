import * as tf from '@tensorflow/tfjs-core';
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { cpuBackend } from '../../../src/engine/backends/cpuBackend';
import { Optimiser } from '../../../src/engine/train/optimiser';
import type { OptimiserSettings } from '../../../src/protocol/training';

interface Values {
  readonly values: readonly number[];
}

/** Three steps of each rule by Keras and PyTorch; one weight's gradient is always 0, one's is 1e-8. */
interface Rules {
  readonly rate: number;
  readonly w: Values;
  readonly gradients: readonly Values[];
  readonly rules: readonly {
    readonly name: string;
    readonly steps: readonly (readonly number[])[];
  }[];
}

const fixture = JSON.parse(readFileSync('test/fixtures/train/layers-s1.json', 'utf8')) as {
  readonly optimizers: Rules;
};
const { rate, w, gradients, rules } = fixture.optimizers;

const sgd = { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0 } as const;
const adam = { kind: 'adam', beta1: 0.9, beta2: 0.999, weightDecay: 0 } as const;
const settings: Readonly<Record<string, OptimiserSettings>> = {
  sgd: { ...sgd, momentum: 0 },
  momentum: sgd,
  nesterov: { ...sgd, nesterov: true },
  'momentum, weight decay 0.05 coupled': { ...sgd, weightDecay: 0.05 },
  'adam, epsilon 1e-8': { ...adam, epsilon: 1e-8, formula: 'pytorch' },
  'adam, epsilon 1e-7': { ...adam, epsilon: 1e-7, formula: 'keras' },
};

describe("a rule moves weights as Keras' and PyTorch's", () => {
  before(async () => {
    // Not by startBackend: a second copy of WebAssembly's backend would be the first that this process registers.
    await cpuBackend.start({
      addonPath: undefined,
      threads: 1,
      wasmDirectory: resolve('dist/wasm'),
    });
  });

  for (const [name, rule] of Object.entries(settings)) {
    it(name, () => {
      const steps = rules.find((each) => each.name === name)!.steps;
      const before = tf.memory().numTensors;
      const weights = tf.variable(tf.tensor1d([...w.values]));
      const optimiser = new Optimiser(rule);
      for (const [step, { values }] of gradients.entries()) {
        const gradient = tf.tensor1d([...values]);
        optimiser.beginStep();
        optimiser.move('w', weights, gradient, rate);
        gradient.dispose();
        for (const [index, value] of weights.dataSync().entries()) {
          const expected = steps[step]![index]!;
          const off = Math.abs(value - expected);
          assert.ok(off <= 1e-5, `step ${step + 1}, weight ${index}: ${value}, not ${expected}`);
        }
      }
      optimiser.dispose();
      weights.dispose();
      assert.ok(tf.memory().numTensors <= before + 1, 'no tensor is left');
    });
  }
});
