import {
  adaptiveAveragePool2d,
  conv2d,
  dense,
  dropout,
  flatten,
  input,
  maxPool2d,
  model,
} from '../network/functional';
import { torchvisionImageNet } from '../network/preprocess/preprocess';
import type { ModelDocument } from '../network/modelDocument';
import { imageNetLabels } from './imageNetLabels';
import { torchvisionReasons } from './torchvisionReasons';

const image = input([224, 224, 3]);
let x = conv2d(64, 11, { strides: 4, padding: 2, activation: 'relu', name: 'conv1' })(image);
x = maxPool2d(3, { strides: 2, name: 'pool1' })(x);
x = conv2d(192, 5, { padding: 2, activation: 'relu', name: 'conv2' })(x);
x = maxPool2d(3, { strides: 2, name: 'pool2' })(x);
x = conv2d(384, 3, { padding: 1, activation: 'relu', name: 'conv3' })(x);
x = conv2d(256, 3, { padding: 1, activation: 'relu', name: 'conv4' })(x);
x = conv2d(256, 3, { padding: 1, activation: 'relu', name: 'conv5' })(x);
x = maxPool2d(3, { strides: 2, name: 'pool5' })(x);
x = adaptiveAveragePool2d(6, { name: 'avgpool' })(x);
x = flatten({ name: 'flatten' })(x);
x = dropout(0.5, { name: 'drop6' })(x);
x = dense(4096, { activation: 'relu', name: 'fc6' })(x);
x = dropout(0.5, { name: 'drop7' })(x);
x = dense(4096, { activation: 'relu', name: 'fc7' })(x);
const output = dense(1000, { name: 'fc8' })(x);

/** torchvision.models.alexnet. Its output is logits: the softmax is the caller's. */
export const torchvision: ModelDocument = {
  id: 'torchvision',
  title: 'torchvision',
  description: '64-192-384-256-256 filters, no normalisation, one tower',
  origin: {
    kind: 'library',
    source: 'torchvision.models.alexnet, after Krizhevsky 2014 (arXiv 1404.5997)',
  },
  network: model(image, output),
  preprocess: torchvisionImageNet,
  labels: imageNetLabels,
  reasons: torchvisionReasons,
  torchModules: {
    conv1: 'features.0',
    conv2: 'features.3',
    conv3: 'features.6',
    conv4: 'features.8',
    conv5: 'features.10',
    fc6: 'classifier.1',
    fc7: 'classifier.4',
    fc8: 'classifier.6',
  },
};
