import type { Layer, LayerSettings } from './layers/layer';
import { NetworkError } from './tensor/networkError';

/**
 * A network as plain data: a directed acyclic graph. `layers` are in an order in which they can run, each after its
 * inputs.
 */
export interface Network {
  /** Names of the input layers, and of the layers whose outputs are the network's. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly layers: readonly Layer[];
  /** Layers at fault, and layers that depend on them: drawn, but never run. */
  readonly unresolved: readonly UnresolvedLayer[];
}

/** A layer without a known output, because it or a layer before it is at fault. */
export interface UnresolvedLayer {
  readonly name: string;
  readonly settings: LayerSettings;
  readonly inputs: readonly string[];
  readonly problem: Problem;
}

/** Why a layer has no output: the layer at fault, and a sentence with the arithmetic. */
export interface Problem {
  readonly layer: string;
  readonly sentence: string;
}

/** The layer of that name; throws a NetworkError with its problem, or with all names where there is none. */
export function layerNamed(network: Network, name: string): Layer {
  const layer = network.layers.find((candidate) => candidate.name === name);
  if (layer) return layer;
  const unresolved = network.unresolved.find((candidate) => candidate.name === name);
  if (unresolved) throw new NetworkError(unresolved.problem.sentence);
  const names = network.layers.map((candidate) => candidate.name).join(', ');
  throw new NetworkError(`no layer is named "${name}"; there are ${names}`);
}

/** The layer that holds the weights which a layer uses: itself, or the first call of the same layer. */
export function weightsOwner(network: Network, name: string): Layer {
  const layer = layerNamed(network, name);
  return layer.weightsOf === undefined ? layer : layerNamed(network, layer.weightsOf);
}

/** Name of the first input layer; throws a NetworkError where there is none. */
export function inputName({ inputs: [first] }: Network): string {
  if (first === undefined) throw new NetworkError('the network has no input');
  return first;
}

/** How many weight tensors a network holds. */
export function tensorCount({ layers }: Network): number {
  return layers.reduce((count, { weights }) => count + weights.length, 0);
}
