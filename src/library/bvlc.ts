import { caffeImageNet } from '../network/preprocess/preprocess';
import type { ModelDocument } from '../network/modelDocument';
import { imageNetLabels } from './imageNetLabels';
import { caffeReasons } from './paperReasons';
import { twoTowers } from './twoTowers';

/** Caffe's bvlc_alexnet. */
export const bvlc: ModelDocument = {
  id: 'bvlc',
  title: 'BVLC AlexNet (Caffe)',
  description:
    'As the paper with k = 1 and alpha divided by the window; normalisation before pooling; BGR',
  origin: { kind: 'library', source: 'Caffe models/bvlc_alexnet' },
  network: twoTowers({ k: 1, alpha: 1e-4 / 5, order: 'norm, pool' }),
  preprocess: caffeImageNet,
  labels: imageNetLabels,
  reasons: caffeReasons,
};
