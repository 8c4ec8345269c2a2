import type { Reasons } from '../network/reason';
import { paperReasons } from './paperReasons';

const batchNorm = {
  section: '3.3',
  text: 'Shifts and scales each channel to what training saw on average; learned per channel.',
  departure:
    'Stands where the paper has response normalisation (batch normalisation came in 2015).',
};

/** Where the Keras network departs from the paper. */
export const kerasReasons: Reasons = {
  ...paperReasons,
  input: {
    section: '3.5',
    text: 'A square crop of the picture, in colour, 224 as the paper prints.',
  },
  conv1: {
    section: '3.5',
    text: '96 kernels of 11 × 11 × 3, every 4 pixels: large and sparse, because a picture is large.',
    departure:
      "Padding 'same' gives 56 × 56 cells, the paper has 55 × 55; after pool1 both are 27 × 27.",
  },
  bn1: batchNorm,
  bn2: batchNorm,
  conv2: {
    section: '3.5',
    text: '256 kernels of 5 × 5.',
    departure: 'One tower: each kernel sees all 96 channels, the paper splits them into 2 × 48.',
  },
  conv4: {
    section: '3.5',
    text: '384 kernels of 3 × 3.',
    departure: 'One tower: each kernel sees all 384 channels, the paper splits them into 2 × 192.',
  },
  conv5: {
    section: '3.5',
    text: '256 kernels of 3 × 3.',
    departure: 'One tower: each kernel sees all 384 channels, the paper splits them into 2 × 192.',
  },
  bn5: { ...batchNorm, departure: 'The paper normalises nothing after its fifth convolution.' },
  fc6: {
    section: '3.5',
    text: '4,096 units that each see the whole map. This one layer holds most of the parameters.',
    departure: 'The paper drops out half of these units in training; here only fc7 is dropped out.',
  },
  drop7: {
    section: '4.2',
    text: 'In training half of the units are silenced at random, so that none can rely on another.',
    departure: 'The only dropout here; the paper has one after each hidden layer.',
  },
  fc8: {
    section: '3.5',
    text: 'A score for each of the 1,000 ImageNet classes, turned into a distribution by softmax.',
  },
};
