import type { Layer } from './layers/layer';
import { ruleOf } from './layers/layerRules';
import type { Network } from './network';

/** Consecutive layers that people name together, such as a convolution with its pool, or branches that meet again. */
export interface Block {
  readonly title: string;
  readonly layers: readonly string[];
  /** It is built as the block before it, and follows from that one as it does from the one before. */
  readonly repeats: boolean;
}

type BlockKind = 'conv block' | 'residual block' | 'parallel block' | 'classifier';

/**
 * The blocks of a network, in running order; layers before the first, such as the input, are in none. Layers between
 * two cut layers, which every path passes, form one block; along a chain a convolution begins a block, and the layer
 * that ends the map begins the classifier. Takes O(layers + edges).
 */
export function blocks({ layers }: Network): readonly Block[] {
  const found: { kind: BlockKind; layers: Layer[] }[] = [];
  for (const segment of segments(layers)) {
    const isInClassifier = found.at(-1)?.kind === 'classifier';
    const kind = isInClassifier ? undefined : opened(segment);
    if (kind) found.push({ kind, layers: [] });
    found.at(-1)?.layers.push(...segment.filter((layer) => layer.kind !== 'InputLayer'));
  }
  const numbers = new Map<BlockKind, number>();
  let before = '';
  return found.map(({ kind, layers: inside }) => {
    const number = (numbers.get(kind) ?? 0) + 1;
    numbers.set(kind, number);
    const built = buildOf(inside);
    const repeats = built === before;
    before = built;
    const title = kind === 'classifier' ? kind : `${kind} ${number}`;
    return { title, layers: inside.map(({ name }) => name), repeats };
  });
}

/** All that makes blocks equal: settings, shapes, and how their layers follow from each other, without any names. */
function buildOf(layers: readonly Layer[]): string {
  const places = new Map(layers.map(({ name }, at) => [name, at]));
  const plain = layers.map((layer) => ({
    ...layer,
    name: '',
    inputs: layer.inputs.map((input) => places.get(input) ?? 'before'),
    weightsOf: layer.weightsOf !== undefined,
  }));
  return JSON.stringify(plain);
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
