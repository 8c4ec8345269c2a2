import type { TensorHandle } from './functional';
import type { Layer } from './layer';
import { NetworkError } from './networkError';

/** A network as plain data: a directed graph whose layers stand in an order in which they can run. */
export interface Network {
  readonly input: string;
  readonly output: string;
  readonly layers: readonly Layer[];
}

/** Collects the layers between two handles, as Keras' Model(inputs, outputs) does. */
export function model(input: TensorHandle, output: TensorHandle): Network {
  const reached = new Map<string, Layer>();
  const visit = (handle: TensorHandle): void => {
    const { layer } = handle;
    const known = reached.get(layer.name);
    if (known === layer) return;
    if (known) throw new NetworkError(`two layers are named ${layer.name}`);
    handle.sources.forEach(visit);
    if (reached.has(layer.name)) throw new NetworkError(`two layers are named ${layer.name}`);
    reached.set(layer.name, layer);
  };
  visit(output);
  if (reached.get(input.layer.name) !== input.layer) {
    throw new NetworkError(`${output.layer.name} does not depend on ${input.layer.name}`);
  }
  return { input: input.layer.name, output: output.layer.name, layers: [...reached.values()] };
}

/** The layer of that name; throws and lists the names where there is none. */
export function layerNamed(network: Network, name: string): Layer {
  const layer = network.layers.find((candidate) => candidate.name === name);
  if (layer) return layer;
  const names = network.layers.map((candidate) => candidate.name).join(', ');
  throw new NetworkError(`no layer is named "${name}"; there are ${names}`);
}
