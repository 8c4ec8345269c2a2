import type { LayerCall } from '../network/functional';
import {
  conv2d,
  dense,
  dropout,
  flatten,
  input,
  lrn,
  maxPool2d,
  softmax,
  model,
} from '../network/functional';
import type { Network } from '../network/network';

interface TowerOptions {
  /** k of the response normalisation; n is 5 and beta 0.75 in every version. */
  readonly k: number;
  /** Per element, so Caffe's 1e-4 is 2e-5 here. */
  readonly alpha: number;
  readonly order: 'norm, pool' | 'pool, norm';
}

/** The two-tower AlexNet at 227 x 227: conv2, conv4 and conv5 see only their own half (paper, section 3.2). */
export function twoTowers({ k, alpha, order }: TowerOptions): Network {
  const normAndPool = (block: 1 | 2): LayerCall => {
    const norm = lrn({ size: 5, k, alpha, beta: 0.75, name: `norm${block}` });
    const pool = maxPool2d(3, { strides: 2, ceil: true, name: `pool${block}` });
    return order === 'norm, pool' ? (x) => pool(norm(x)) : (x) => norm(pool(x));
  };
  const image = input([227, 227, 3]);
  let x = conv2d(96, 11, { strides: 4, activation: 'relu', name: 'conv1' })(image);
  x = normAndPool(1)(x);
  x = conv2d(256, 5, { padding: 2, groups: 2, activation: 'relu', name: 'conv2' })(x);
  x = normAndPool(2)(x);
  x = conv2d(384, 3, { padding: 1, activation: 'relu', name: 'conv3' })(x);
  x = conv2d(384, 3, { padding: 1, groups: 2, activation: 'relu', name: 'conv4' })(x);
  x = conv2d(256, 3, { padding: 1, groups: 2, activation: 'relu', name: 'conv5' })(x);
  x = maxPool2d(3, { strides: 2, ceil: true, name: 'pool5' })(x);
  x = flatten({ name: 'flatten' })(x);
  x = dense(4096, { activation: 'relu', name: 'fc6' })(x);
  x = dropout(0.5, { name: 'drop6' })(x);
  x = dense(4096, { activation: 'relu', name: 'fc7' })(x);
  x = dropout(0.5, { name: 'drop7' })(x);
  x = dense(1000, { name: 'fc8' })(x);
  return model(image, softmax({ name: 'prob' })(x));
}
