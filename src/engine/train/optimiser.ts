import * as tf from '@tensorflow/tfjs-core';
import type { OptimiserSettings } from '../../protocol/training';

type Sgd = Extract<OptimiserSettings, { kind: 'sgd' }>;
type Adam = Extract<OptimiserSettings, { kind: 'adam' }>;

/** Moves variables one at a time, and keeps what it knows of each until it is disposed. */
export class Optimiser {
  /** By variable: what it was moved by before (SGD), or the two moments (Adam). */
  private readonly slots = new Map<string, tf.Variable[]>();

  constructor(
    private readonly settings: OptimiserSettings,
    /** How many steps were taken before. */
    private steps = 0,
  ) {}

  get stepsTaken(): number {
    return this.steps;
  }

  /** Begins the next step: every variable is moved once in it. */
  beginStep(): void {
    this.steps++;
  }

  /** Moves a variable against its gradient; both stay the caller's. */
  move(name: string, variable: tf.Variable, gradient: tf.Tensor, rate: number): void {
    const { settings } = this;
    tf.tidy(() => {
      const { weightDecay } = settings;
      const slope = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(variable, weightDecay));
      const change =
        settings.kind === 'sgd'
          ? this.sgd(settings, this.slotsOf(name, variable, 1), slope)
          : this.adam(settings, this.slotsOf(name, variable, 2), slope);
      variable.assign(tf.sub(variable, tf.mul(change, rate)));
    });
  }

  /** b = momentum · b + g, then b itself; Nesterov's g + momentum · b (Keras, PyTorch). */
  private sgd(
    { momentum, nesterov }: Sgd,
    slots: readonly tf.Variable[],
    slope: tf.Tensor,
  ): tf.Tensor {
    const [before] = slots;
    if (!before || momentum === 0) return slope;
    const velocity = tf.add(tf.mul(before, momentum), slope);
    before.assign(velocity);
    return nesterov ? tf.add(slope, tf.mul(velocity, momentum)) : velocity;
  }

  /** Kingma and Ba 2015, algorithm 1 (PyTorch); its section 2's other order of the factors (Keras). */
  private adam(
    { beta1, beta2, epsilon, formula }: Adam,
    slots: readonly tf.Variable[],
    slope: tf.Tensor,
  ): tf.Tensor {
    const [first, second] = slots as [tf.Variable, tf.Variable];
    first.assign(tf.add(tf.mul(first, beta1), tf.mul(slope, 1 - beta1)));
    second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(slope), 1 - beta2)));
    const [correction1, correction2] = [
      1 - beta1 ** this.steps,
      Math.sqrt(1 - beta2 ** this.steps),
    ];
    const root = tf.sqrt(second);
    return formula === 'keras'
      ? tf.mul(tf.div(first, tf.add(root, epsilon)), correction2 / correction1)
      : tf.div(tf.div(first, correction1), tf.add(tf.div(root, correction2), epsilon));
  }

  private slotsOf(name: string, variable: tf.Variable, count: number): readonly tf.Variable[] {
    const known = this.slots.get(name);
    if (known) return known;
    const made = Array.from({ length: count }, () => tf.variable(tf.zerosLike(variable), false));
    this.slots.set(name, made);
    return made;
  }

  /** What is kept of each variable, for a checkpoint; the tensors stay the optimiser's. */
  state(): ReadonlyMap<string, readonly tf.Tensor[]> {
    return this.slots;
  }

  /** Takes up what a checkpoint kept; copies it. */
  restore(name: string, tensors: readonly tf.Tensor[]): void {
    this.slots.get(name)?.forEach((slot) => slot.dispose());
    this.slots.set(
      name,
      tensors.map((tensor) => tf.variable(tensor, false)),
    );
  }

  dispose(): void {
    for (const slots of this.slots.values()) slots.forEach((slot) => slot.dispose());
    this.slots.clear();
  }
}
