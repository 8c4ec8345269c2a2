import * as tf from '@tensorflow/tfjs-core';
import type { NetworkWeights } from '../../files/matching/networkWeights';
import { weightKey } from '../../files/matching/networkWeights';
import type { Layer, LayerKind, WeightName } from '../../network/layers/layer';
import type { Network } from '../../network/network';
import { EngineError } from '../runtime/engineError';
import { runnerOf } from '../layers/layerRunners';
import type { LayerRunner, TrainingPass } from '../layers/layerRunner';
import { weightTensors } from '../model/step';

/** A weight that may learn; several tensors where the layer's outputs are split. */
export interface TrainableWeight {
  readonly layer: Layer;
  readonly name: WeightName;
  readonly towers: readonly tf.Variable[];
}

interface TrainableStep {
  readonly layer: Layer;
  readonly runner: LayerRunner<LayerKind>;
  readonly weights: ReadonlyMap<WeightName, readonly tf.Variable[]>;
  /** Whether the layer learns: frozen ones run as at inference, batch normalisation too. */
  readonly learns: boolean;
}

/** The batch's mean and variance of a batch normalisation; the caller's to dispose. */
interface Moments {
  readonly step: TrainableStep;
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
}

/** What a pass over a batch left besides its logits. */
export interface PassNotes {
  readonly moments: Moments[];
}

interface TrainableOptions {
  /** Asks for a layer's weights when it is its turn. */
  readonly weightsOf: (layer: Layer) => NetworkWeights | Promise<NetworkWeights>;
  /** Which layers learn. */
  readonly learns: (layer: Layer) => boolean;
}

/** Keras' default. */
const movingMomentum = 0.99;

/** A network whose weights are variables. */
export class TrainableModel {
  private constructor(
    readonly network: Network,
    private readonly steps: readonly TrainableStep[],
  ) {}

  /** Puts weights into variables, layer after layer; nothing is left where one fails. */
  static async make(
    network: Network,
    { weightsOf, learns }: TrainableOptions,
  ): Promise<TrainableModel> {
    const steps: TrainableStep[] = [];
    const model = new TrainableModel(network, steps);
    try {
      for (const layer of network.layers) {
        const runner = runnerOf(layer.kind);
        if (!runner) continue;
        const values = await weightsOf(layer);
        const weights = variablesOf(layer, values, runner.towers?.(layer) ?? 1);
        steps.push({ layer, runner, weights, learns: learns(layer) });
      }
    } catch (error) {
      model.dispose();
      throw error;
    }
    return model;
  }

  /** The weights that follow their gradients, in the network's order. */
  get trainable(): readonly TrainableWeight[] {
    return this.weights.filter(({ layer, name }) => this.learns(layer) && !isMoving(name));
  }

  /** Whether a layer learns. */
  learns(layer: Layer): boolean {
    return this.steps.some((step) => step.layer === layer && step.learns);
  }

  /** All weights, those that never learn too. */
  get weights(): readonly TrainableWeight[] {
    return this.steps.flatMap(({ layer, weights }) =>
      [...weights].map(([name, towers]) => ({ layer, name, towers })),
    );
  }

  /** The values of a weight in the network's own layout; memory of the caller's own. */
  valuesOf(layer: Layer, name: WeightName): Float32Array {
    const towers = this.steps.find((step) => step.layer === layer)?.weights.get(name) ?? [];
    const whole = tf.concat([...towers], -1);
    // Not in a tidy, which would look for tensors among millions of numbers.
    const values = whole.dataSync<'float32'>();
    whole.dispose();
    return values;
  }

  /**
   * The logits of a batch [n, ...input], [n, classes], as training runs it. `seed` decides what dropout drops; without
   * one it drops nothing.
   */
  logits(batch: tf.Tensor, seed: number | undefined, notes: PassNotes): tf.Tensor {
    return this.run(batch, (step, inputs, index) => {
      const { train } = step.runner;
      const weights = weightsOf(step);
      const isDropout = step.layer.kind === 'Dropout';
      const differs = isDropout ? seed !== undefined : step.learns;
      if (!train || !differs) return step.runner.run(step.layer, inputs, weights);
      const pass: TrainingPass = {
        seed: (seed ?? 0) + index,
        noteMoments: (mean, variance) =>
          notes.moments.push({
            step,
            mean: tf.keep(tf.clone(mean)),
            variance: tf.keep(tf.clone(variance)),
          }),
      };
      return train(step.layer, inputs, weights, pass);
    });
  }

  /** The same as at inference. */
  predictions(batch: tf.Tensor): tf.Tensor {
    return this.run(batch, (step, inputs) => step.runner.run(step.layer, inputs, weightsOf(step)));
  }

  /** What a layer makes of a batch at inference; the tensor is the caller's. */
  outputOf(name: string, batch: tf.Tensor): tf.Tensor {
    return this.run(
      batch,
      (step, inputs) => step.runner.run(step.layer, inputs, weightsOf(step)),
      name,
    );
  }

  /** Moving statistics keep a share of themselves and take the rest of the batch's; frees the notes. */
  moveStatistics({ moments }: PassNotes, momentum = movingMomentum): void {
    for (const { step, mean, variance } of moments.splice(0)) {
      move(step, 'moving_mean', mean, momentum);
      move(step, 'moving_variance', variance, momentum);
      mean.dispose();
      variance.dispose();
    }
  }

  dispose(): void {
    for (const { towers } of this.weights) towers.forEach((tensor) => tensor.dispose());
  }

  private run(
    batch: tf.Tensor,
    runStep: (step: TrainableStep, inputs: readonly tf.Tensor[], index: number) => tf.Tensor,
    output = this.network.outputs[0] ?? '',
  ): tf.Tensor {
    const [input = ''] = this.network.inputs;
    return tf.tidy(() => {
      const tensors = new Map<string, tf.Tensor>([[input, batch]]);
      for (const [index, step] of this.steps.entries()) {
        const inputs = step.layer.inputs.map((name) => {
          const tensor = tensors.get(name);
          if (tensor) return tensor;
          throw new EngineError(`${name} has not run; networks with several inputs cannot learn`);
        });
        tensors.set(step.layer.name, runStep(step, inputs, index));
        if (step.layer.name === output) break;
      }
      const values = tensors.get(output);
      if (!values) throw new EngineError(`the layer ${output} did not run`);
      return values;
    });
  }
}

function isMoving(name: WeightName): boolean {
  return name === 'moving_mean' || name === 'moving_variance';
}

function variablesOf(
  layer: Layer,
  values: NetworkWeights,
  towers: number,
): ReadonlyMap<WeightName, readonly tf.Variable[]> {
  const tensors = weightTensors(layer, values, towers);
  return new Map(
    layer.weights.map(({ name }, index) => {
      const variables = (tensors[index] ?? []).map((tensor) => {
        const variable = tf.variable(tensor);
        tensor.dispose();
        return variable;
      });
      return [name, variables];
    }),
  );
}

function weightsOf({ layer, weights }: TrainableStep): (name: WeightName) => readonly tf.Tensor[] {
  return (name) => {
    const found = weights.get(name);
    if (found) return found;
    throw new EngineError(`${weightKey(layer.name, name)} does not exist`);
  };
}

function move(
  { weights }: TrainableStep,
  name: WeightName,
  batch: tf.Tensor,
  momentum: number,
): void {
  const moving = weights.get(name)?.[0];
  if (!moving) return;
  tf.tidy(() => moving.assign(tf.add(tf.mul(moving, momentum), tf.mul(batch, 1 - momentum))));
}

/**
 * The momentum of moving statistics after some steps: smaller at first, as they start at what no batch has, and a
 * hundred steps later still hold a third of it (TensorFlow's ExponentialMovingAverage with num_updates).
 */
export function momentumAfter(steps: number): number {
  return Math.min(movingMomentum, (1 + steps) / (10 + steps));
}
