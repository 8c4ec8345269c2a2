import { caffeImageNet } from '../network/preprocess/preprocess';
import type { ModelDocument } from '../network/modelDocument';
import { imageNetLabels } from './imageNetLabels';
import { caffenetReasons } from './paperReasons';
import { twoTowers } from './twoTowers';

/** Caffe's bvlc_reference_caffenet. */
export const caffenet: ModelDocument = {
  id: 'caffenet',
  title: 'CaffeNet (Caffe)',
  description: 'As BVLC AlexNet, with pooling before normalisation',
  origin: { kind: 'library', source: 'Caffe models/bvlc_reference_caffenet' },
  network: twoTowers({ k: 1, alpha: 1e-4 / 5, order: 'pool, norm' }),
  preprocess: caffeImageNet,
  labels: imageNetLabels,
  reasons: caffenetReasons,
};
