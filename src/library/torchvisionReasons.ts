import type { Reasons } from '../network/reason';
import { paperReasons } from './paperReasons';

const oneTower =
  'One tower, after "One weird trick" (Krizhevsky 2014), and no response normalisation.';

/** Where torchvision's network departs from the 2012 paper. */
export const torchvisionReasons: Reasons = {
  ...paperReasons,
  input: {
    section: '3.5',
    text: 'A square crop of the picture, in colour, 224 as the paper prints.',
  },
  conv1: {
    section: '3.5',
    text: 'Kernels of 11 × 11 × 3, every 4 pixels: large and sparse, because a picture is large.',
    departure: `64 kernels where the paper has 96, with 2 zeros around the picture. ${oneTower}`,
  },
  conv2: {
    section: '3.5',
    text: 'Kernels of 5 × 5.',
    departure: `192 kernels where the paper has 256. ${oneTower}`,
  },
  conv3: { section: '3.5', text: '384 kernels of 3 × 3, as many as the paper has.' },
  conv4: {
    section: '3.5',
    text: 'Kernels of 3 × 3.',
    departure: '256 kernels where the paper has 384, each seeing all channels.',
  },
  conv5: {
    section: '3.5',
    text: '256 kernels of 3 × 3.',
    departure: 'Each kernel sees all 256 channels, the paper has two towers of 192.',
  },
  avgpool: {
    text: 'Brings any map to 6 × 6, so that larger pictures fit the classifier; at 224 it changes nothing.',
    departure: 'The paper has no such layer.',
  },
  drop6: {
    section: '4.2',
    text: 'In training half of the values are silenced at random, so that no unit can rely on one.',
    departure: 'Stands before fc6; the paper drops out the units of its hidden layers.',
  },
  drop7: {
    section: '4.2',
    text: 'Silences half of the units of fc6 in training.',
    departure: 'Nothing is dropped out after fc7, where the paper has its second dropout.',
  },
};
