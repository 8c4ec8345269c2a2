/** What the panel's terms mean, as they stand on screen: in a sentence or two, for someone who never heard them. */
const glossary = {
  Parameters:
    'The numbers that training sets: weights and biases. The share is of the whole network.',
  Trainable:
    'Parameters that training sets by gradients. The running mean and variance of batch normalisation are not.',
  MACs: 'Multiply-accumulates: one multiplication and one addition each. They are the work of one picture.',
  Activations: 'The values that a layer gives for one picture, 4 bytes each.',
  'Activation bytes': 'The size of the values that a layer gives for one picture, 4 bytes each.',
  'Receptive field':
    'The part of the input picture that one value of this layer can see, and how far on the next value looks.',
  'Field / stride':
    'How many pixels of the input picture one value can see, and how many pixels further on the next one looks.',
  ms: 'Milliseconds that the layer took in the last run.',
  'Last run': 'How long the layer took for the picture on screen.',
  Kernel: 'The window of weights that slides over the input, rows × columns.',
  Window: 'The values of the input that one value of the output is made of.',
  stride:
    'How far the window moves from one value to the next: with 2, the output is half as high and wide.',
  Padding: 'Room added around the input, so that the window gets to its edges.',
  Groups: 'The channels are split into so many parts, and each filter sees its own part only.',
  Bias: 'A number that is added to every value of a channel.',
  Epsilon: 'A small number that is added to the variance, so that nothing is divided by zero.',
  Rate: 'The share of the values that training sets to zero at random.',
  dead: 'Zero everywhere: nothing in this picture made it answer.',
  'units at 0': 'Units that gave exactly zero for this picture.',
  zeros: 'Values that are exactly zero. ReLU makes every negative value zero.',
  energy: 'The mean of the squares of a channel’s values: how strongly it answers, up or down.',
  std: 'Standard deviation: how far the values lie from their mean.',
  'L2 norm': 'The length of all the values as one vector: the root of the sum of their squares.',
  'NaN or infinite': 'Results that are no numbers any more, such as 0 ÷ 0 or 1 ÷ 0.',
  NaN: 'Not a number: the result of a sum that has none, such as 0 ÷ 0.',
  infinite: 'Larger than the largest number that the format can hold.',
  logits: 'The scores of the classes before softmax makes probabilities of them: any numbers.',
  Deletion:
    'The area under what is left of the class as the picture is taken away, the most important parts first. Small is good.',
  Insertion:
    'The area under what comes back of the class as these parts are put on an empty picture. Large is good.',
  RMSE: 'Root of the mean square of the differences: how far the values of A and B are apart.',
  'max abs': 'The largest difference between a value of A and the same value of B.',
  'of A’s RMS': 'The RMSE as a part of the root mean square of A’s values.',
  'of RMS': 'The RMSE as a part of the root mean square of A’s values.',
  cosine:
    'Of the angle between A’s and B’s values as vectors: 1 where they point the same way, 0 where they have nothing in common.',
} as const;

export type Term = keyof typeof glossary;

export const terms = Object.keys(glossary) as readonly Term[];

/** What a term means; undefined for words that need no explanation. */
export function meaningOf(words: string): string | undefined {
  return terms.includes(words as Term) ? glossary[words as Term] : undefined;
}
