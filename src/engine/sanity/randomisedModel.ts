import { randomLayerWeights } from '../../files/randomWeights';
import { stepOf, weightBytes, type BuiltModel } from '../model/builtModel';
import { makeStep, type Step } from '../model/step';
import { collectGarbage } from '../runtime/collectGarbage';

/**
 * A model beside another one, of which it takes the tensors but where layers became random; the other one stays what it
 * is. It owns the random ones until it is disposed: at most as much as all weights of the network.
 */
export class RandomisedModel {
  private readonly random = new Map<string, Step>();

  constructor(
    private readonly original: BuiltModel,
    private readonly seed: number,
  ) {}

  /** As it is now; it stays the owner of what it made. */
  get model(): BuiltModel {
    const { network, steps } = this.original;
    const now = steps.map((step) => this.random.get(step.layer.name) ?? step);
    return { network, steps: now, dispose: () => this.dispose() };
  }

  /** The names of the layers that are random. */
  get layers(): ReadonlySet<string> {
    return new Set(this.random.keys());
  }

  /** Draws a layer's weights as they are drawn for a network that has none. */
  randomise(name: string): void {
    const { layer } = stepOf(this.original, name);
    // A function of its own: what holds the values must be gone before they are collected.
    const draw = (): Step | undefined => makeStep(layer, randomLayerWeights(layer, this.seed));
    const step = draw();
    if (step) this.random.set(name, step);
    collectGarbage(weightBytes(layer));
  }

  dispose(): void {
    for (const step of this.random.values()) step.dispose();
    this.random.clear();
  }
}
