import type { Layer } from './layers/layer';
import { ruleOf } from './layers/layerRules';
import type { Network } from './network';

/** Consecutive layers that people name together, such as a convolution with its pool, or branches that meet again. */
export interface Block {
  readonly title: string;
  readonly layers: readonly string[];
}

type BlockKind = 'conv block' | 'residual block' | 'parallel block' | 'classifier';

/**
 * The blocks of a network, in running order; layers before the first, such as the input, are in none. Layers between
 * two cut layers, which every path passes, form one block; along a chain a convolution begins a block, and the layer
 * that ends the map begins the classifier. Takes O(layers + edges).
 */
export function blocks({ layers }: Network): readonly Block[] {
  const found: { kind: BlockKind; layers: string[] }[] = [];
  for (const segment of segments(layers)) {
    const isInClassifier = found.at(-1)?.kind === 'classifier';
    const kind = isInClassifier ? undefined : opened(segment);
    if (kind) found.push({ kind, layers: [] });
    const names = segment.filter(({ kind }) => kind !== 'InputLayer').map(({ name }) => name);
    found.at(-1)?.layers.push(...names);
  }
  const numbers = new Map<BlockKind, number>();
  return found.map(({ kind, layers }) => {
    const number = (numbers.get(kind) ?? 0) + 1;
    numbers.set(kind, number);
    return { title: kind === 'classifier' ? kind : `${kind} ${number}`, layers };
  });
}

/** The kind of block that a segment begins; undefined where it continues the one before. */
function opened(segment: readonly Layer[]): BlockKind | undefined {
  const last = segment.at(-1);
  if (segment.length > 1 || (last && last.inputs.length > 1)) {
    return last?.kind === 'Merge' && last.operation === 'add' ? 'residual block' : 'parallel block';
  }
  return last && ruleOf(last).begins;
}

/** Splits the layers after every cut layer: one that no edge jumps over. */
function segments(layers: readonly Layer[]): readonly (readonly Layer[])[] {
  const lastUse = new Map<string, number>();
  layers.forEach(({ inputs }, at) => inputs.forEach((name) => lastUse.set(name, at)));
  const cut: Layer[][] = [];
  let segment: Layer[] = [];
  // Paths begin at every layer without inputs, so no layer before the last of these is on all paths.
  let reached = layers.findLastIndex(({ inputs }) => inputs.length === 0);
  for (const [at, layer] of layers.entries()) {
    segment.push(layer);
    // An edge that begins before this layer and ends behind it jumps over it.
    if (reached <= at) {
      cut.push(segment);
      segment = [];
    }
    reached = Math.max(reached, lastUse.get(layer.name) ?? 0);
  }
  return segment.length > 0 ? [...cut, segment] : cut;
}
