import type { Layer, LayerSettings } from './layers/layer';
import { NetworkError } from './tensor/networkError';

/**
 * A network as plain data: a directed acyclic graph. Its layers stand in an order in which they can run; those that
 * cannot run stand apart, in such an order too.
 */
export interface Network {
  /** Names of the layers where pictures come in, and of those whose output is the network's. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly layers: readonly Layer[];
  /** Layers at fault, and those that follow from them: drawn, and never run. */
  readonly unresolved: readonly UnresolvedLayer[];
}

/** A layer without an output: by its own fault, or by that of a layer before it. */
export interface UnresolvedLayer {
  readonly name: string;
  readonly settings: LayerSettings;
  readonly inputs: readonly string[];
  readonly problem: Problem;
}

/** Why there is no output: one sentence, and the layer at fault. */
export interface Problem {
  readonly layer: string;
  readonly sentence: string;
}

/** The layer of that name; throws and lists the names where there is none. */
export function layerNamed(network: Network, name: string): Layer {
  const layer = network.layers.find((candidate) => candidate.name === name);
  if (layer) return layer;
  const unresolved = network.unresolved.find((candidate) => candidate.name === name);
  if (unresolved) throw new NetworkError(unresolved.problem.sentence);
  const names = network.layers.map((candidate) => candidate.name).join(', ');
  throw new NetworkError(`no layer is named "${name}"; there are ${names}`);
}

/** The name of the layer where the picture comes in: the first of several. */
export function inputName({ inputs: [first] }: Network): string {
  if (first === undefined) throw new NetworkError('the network has no input');
  return first;
}

/** How many weight tensors a network holds. */
export function tensorCount({ layers }: Network): number {
  return layers.reduce((count, { weights }) => count + weights.length, 0);
}
