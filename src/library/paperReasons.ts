import type { Reasons } from '../network/reason';

const pooling =
  'Windows of 3 every 2 cells overlap, which the authors found to overfit slightly less.';
const norm =
  'Response normalisation lets strong channels suppress their neighbours at the same place, as neurons do.';
const towers = 'Each tower lives on one GPU and sees only its own half of the channels here.';

/** What the 2012 paper says of each layer, in our words. */
export const paperReasons: Reasons = {
  input: {
    section: '3.5',
    text: 'A square crop of the picture, in colour.',
    departure:
      'The paper says 224; its own code padded to reach 55 cells, which 227 without padding also gives.',
  },
  conv1: {
    section: '3.5',
    text: '96 kernels of 11 × 11 × 3, every 4 pixels: large and sparse, because a picture is large.',
  },
  norm1: { section: '3.3', text: norm },
  pool1: { section: '3.4', text: pooling },
  conv2: { section: '3.5', text: `256 kernels of 5 × 5 × 48. ${towers}` },
  norm2: { section: '3.3', text: norm },
  pool2: { section: '3.4', text: pooling },
  conv3: {
    section: '3.5',
    text: '384 kernels of 3 × 3 × 256: the one convolution where the two towers exchange what they saw.',
  },
  conv4: { section: '3.5', text: `384 kernels of 3 × 3 × 192. ${towers}` },
  conv5: { section: '3.5', text: `256 kernels of 3 × 3 × 192. ${towers}` },
  pool5: { section: '3.4', text: `${pooling} The third and last pooling.` },
  flatten: { text: 'The map becomes a list of 9,216 numbers for the classifier.' },
  fc6: {
    section: '3.5',
    text: '4,096 units that each see the whole map. This one layer holds most of the parameters.',
  },
  drop6: {
    section: '4.2',
    text: 'In training half of the units are silenced at random, so that none can rely on another.',
  },
  fc7: { section: '3.5', text: 'A second layer of 4,096 units.' },
  drop7: {
    section: '4.2',
    text: 'Dropout again: without it the network overfits substantially, and it doubles the time to converge.',
  },
  fc8: { section: '3.5', text: 'One score (logit) for each of the 1,000 ImageNet classes.' },
  prob: { section: '3.5', text: 'Softmax turns the scores into a distribution over the classes.' },
};

const caffeNorm = {
  section: '3.3',
  text: norm,
  departure:
    'Caffe has k = 1 and divides alpha by the window of 5; the paper prints k = 2 and alpha undivided.',
};

/** Where Caffe's network departs from the paper. */
export const caffeReasons: Reasons = { ...paperReasons, norm1: caffeNorm, norm2: caffeNorm };

const pooledFirst = {
  section: '3.4',
  text: pooling,
  departure:
    'CaffeNet pools before it normalises, which costs less; the paper does it the other way round.',
};

/** Where CaffeNet departs from the paper. */
export const caffenetReasons: Reasons = { ...caffeReasons, pool1: pooledFirst, pool2: pooledFirst };
