import {
  batchNormalization,
  conv2d,
  dense,
  dropout,
  flatten,
  input,
  maxPool2d,
  model,
} from '../network/functional';
import { stretchToUnit } from '../network/preprocess/preprocess';
import type { ModelDocument } from '../network/modelDocument';
import { imageNetLabels } from './imageNetLabels';
import { kerasReasons } from './kerasReasons';

const image = input([224, 224, 3]);
let x = conv2d(96, 11, { strides: 4, padding: 'same', activation: 'relu', name: 'conv1' })(image);
x = batchNormalization({ name: 'bn1' })(x);
x = maxPool2d(3, { strides: 2, name: 'pool1' })(x);
x = conv2d(256, 5, { padding: 'same', activation: 'relu', name: 'conv2' })(x);
x = batchNormalization({ name: 'bn2' })(x);
x = maxPool2d(3, { strides: 2, name: 'pool2' })(x);
x = conv2d(384, 3, { padding: 'same', activation: 'relu', name: 'conv3' })(x);
x = conv2d(384, 3, { padding: 'same', activation: 'relu', name: 'conv4' })(x);
x = conv2d(256, 3, { padding: 'same', activation: 'relu', name: 'conv5' })(x);
x = batchNormalization({ name: 'bn5' })(x);
x = maxPool2d(3, { strides: 2, name: 'pool5' })(x);
x = flatten({ name: 'flatten' })(x);
x = dense(4096, { activation: 'relu', name: 'fc6' })(x);
x = dense(4096, { activation: 'relu', name: 'fc7' })(x);
x = dropout(0.5, { name: 'drop7' })(x);
const output = dense(1000, { activation: 'softmax', name: 'fc8' })(x);

/** Keras' functional AlexNet: no groups, batch normalisation in place of LRN. */
export const keras: ModelDocument = {
  id: 'keras',
  title: 'Keras functional',
  description: 'Batch normalisation in place of response normalisation, one tower, one dropout',
  origin: {
    kind: 'library',
    source: 'Keras functional API, after Krizhevsky, Sutskever and Hinton 2012',
  },
  network: model(image, output),
  preprocess: stretchToUnit,
  labels: imageNetLabels,
  reasons: kerasReasons,
};
