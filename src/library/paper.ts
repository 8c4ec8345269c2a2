import { caffeImageNet } from '../network/preprocess/preprocess';
import type { ModelDocument } from '../network/modelDocument';
import { imageNetLabels } from './imageNetLabels';
import { paperReasons } from './paperReasons';
import { twoTowers } from './twoTowers';

/** The 2012 paper's network, with the response normalisation as its section 3.3 prints it. */
export const paper: ModelDocument = {
  id: 'paper',
  title: 'The 2012 paper',
  description:
    'Two towers, response normalisation as printed (k = 2), dropout in both hidden layers',
  origin: { kind: 'library', source: 'Krizhevsky, Sutskever and Hinton, NIPS 2012' },
  network: twoTowers({ k: 2, alpha: 1e-4, order: 'norm, pool' }),
  preprocess: caffeImageNet,
  labels: imageNetLabels,
  reasons: paperReasons,
};
