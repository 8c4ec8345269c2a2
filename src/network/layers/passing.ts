import { cellAt } from '../tensor/cell';
import { elementCount } from '../tensor/shape';
import { inputShapeOf, type LayerOf } from './layer';
import type { LayerRule, OperandSources } from './layerRule';
import type { PassedOperands } from './operands';

/** A map as a list, row-major: height, then width, then channels, or channels first. */
export const flatten: LayerRule<'Flatten'> = {
  arity: 'one',
  begins: 'classifier',
  outputShape: (_, [input = []]) => [elementCount(input)],
  operands(layer, { index }, sources) {
    if (!layer.channelsFirst) return passed(layer, { index }, sources);
    const shape = inputShapeOf(layer);
    const [channels = 1] = shape.slice(-1);
    const cells = elementCount(shape) / channels;
    return passed(
      layer,
      { index: (index % cells) * channels + Math.floor(index / cells) },
      sources,
    );
  },
  words: ({ channelsFirst }) =>
    channelsFirst ? [{ term: 'Order', value: 'channel by channel' }] : [],
};

/** Does nothing at inference; kept because it is part of what the network is. */
export const dropout: LayerRule<'Dropout'> = {
  arity: 'one',
  outputShape: (_, [input = []]) => input,
  operands: passed,
  words: ({ rate }) => [{ term: 'Rate', value: `${rate} in training, none at inference` }],
};

/** Does nothing at inference either; it has the name of what it does in training. */
export const identity: LayerRule<'Identity'> = {
  arity: 'one',
  outputShape: (_, [input = []]) => input,
  operands: passed,
  words: () => [{ term: 'At inference', value: 'nothing' }],
  title: ({ operation }) => operation,
};

/** The value at the same place, row-major. */
export function passed(
  layer: LayerOf<'Flatten' | 'Dropout' | 'Identity' | 'Reshape'>,
  { index }: { readonly index: number },
  { inputs: [input = new Float32Array()] }: OperandSources,
): PassedOperands {
  const from = cellAt(inputShapeOf(layer), index);
  return { kind: layer.kind, inputs: input.slice(index, index + 1), input: 0, from };
}
