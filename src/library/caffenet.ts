import { caffeImageNet } from '../network/preprocess/preprocess';
import { caffenetReasons } from './paperReasons';
import { twoTowers } from './twoTowers';
import type { Variant } from './variant';

/** Caffe's bvlc_reference_caffenet. */
export const caffenet: Variant = {
  id: 'caffenet',
  title: 'CaffeNet (Caffe)',
  description: 'As BVLC AlexNet, with pooling before normalisation',
  source: 'Caffe models/bvlc_reference_caffenet',
  network: twoTowers({ k: 1, alpha: 1e-4 / 5, order: 'pool, norm' }),
  preprocess: caffeImageNet,
  reasons: caffenetReasons,
};
