import type { Network } from '../network/network';
import type { Learning } from './training';

/** The names of the layers with weights that learn; throws where there is no such layer to begin with. */
export function learningLayers({ layers }: Network, learning: Learning): ReadonlySet<string> {
  const weighted = layers.filter(({ weights }) => weights.length > 0).map(({ name }) => name);
  if (learning.kind === 'all') return new Set(weighted);
  if (learning.kind === 'classifier') return new Set(weighted.slice(-1));
  const from = layers.findIndex(({ name }) => name === learning.layer);
  if (from < 0)
    throw new Error(`no layer is named ${learning.layer}: choose where learning begins`);
  const after = new Set(layers.slice(from).map(({ name }) => name));
  return new Set(weighted.filter((name) => after.has(name)));
}
