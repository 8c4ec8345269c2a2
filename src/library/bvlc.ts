import { caffeImageNet } from '../network/preprocess/preprocess';
import { caffeReasons } from './paperReasons';
import { twoTowers } from './twoTowers';
import type { Variant } from './variant';

/** Caffe's bvlc_alexnet. */
export const bvlc: Variant = {
  id: 'bvlc',
  title: 'BVLC AlexNet (Caffe)',
  description:
    'As the paper with k = 1 and alpha divided by the window; normalisation before pooling; BGR',
  source: 'Caffe models/bvlc_alexnet',
  network: twoTowers({ k: 1, alpha: 1e-4 / 5, order: 'norm, pool' }),
  preprocess: caffeImageNet,
  reasons: caffeReasons,
};
