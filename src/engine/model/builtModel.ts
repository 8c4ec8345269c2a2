import type { NetworkWeights } from '../../files/matching/networkWeights';
import type { Layer } from '../../network/layers/layer';
import type { Network } from '../../network/network';
import { elementCount } from '../../network/tensor/shape';
import { collectGarbage } from '../runtime/collectGarbage';
import { EngineError } from '../runtime/engineError';
import type { Step } from './step';
import { makeStep, sharingStep } from './step';

/** A network that can run; it holds its weights until it is disposed. */
export interface BuiltModel {
  readonly network: Network;
  /** One for each layer that computes, in an order in which they can run. */
  readonly steps: readonly Step[];
  dispose(): void;
}

/**
 * Puts the weights of a network into tensors. Each layer's are asked for when it is its turn, and let go before the next.
 * What was made is disposed where one fails.
 */
export async function buildModel(
  network: Network,
  weightsOf: (layer: Layer) => NetworkWeights | Promise<NetworkWeights>,
): Promise<BuiltModel> {
  const steps: Step[] = [];
  const dispose = (): void => steps.forEach((step) => step.dispose());
  const addStep = async (layer: Layer): Promise<void> => {
    const owner = layer.weightsOf;
    const step =
      owner === undefined
        ? makeStep(layer, await weightsOf(layer))
        : sharingStep(layer, (name) => stepOf({ steps }, owner).weights(name));
    if (step) steps.push(step);
  };
  try {
    for (const layer of network.layers) {
      // A function of its own: what holds the weights must be gone before they are collected.
      await addStep(layer);
      collectGarbage(weightBytes(layer));
    }
  } catch (error) {
    dispose();
    throw error;
  }
  return { network, steps, dispose };
}

/** What a layer's weights take. */
export function weightBytes(layer: Layer): number {
  return layer.weights.reduce(
    (sum, { shape }) => sum + Float32Array.BYTES_PER_ELEMENT * elementCount(shape),
    0,
  );
}

/** The step that runs a layer. */
export function stepOf({ steps }: Pick<BuiltModel, 'steps'>, layer: string): Step {
  const step = steps.find((candidate) => candidate.layer.name === layer);
  if (step) return step;
  throw new EngineError(`the model has no layer "${layer}"`);
}
