import type { LayerKind } from '../../network/layers/layer';
import { activationLayer } from './activations';
import { conv2d } from './conv2d';
import { dense } from './dense';
import type { LayerRunner } from './layerRunner';
import { concatenate, merge } from './merge';
import { batchNormalization, localResponseNormalization } from './normalization';
import { zeroPadding2d } from './padding';
import { dropout, flatten, softmax } from './passing';
import {
  adaptiveAveragePooling2d,
  averagePooling2d,
  globalAveragePooling2d,
  maxPooling2d,
} from './pooling';
import { rescaling } from './rescaling';

/** How every kind of layer runs; undefined for those that compute nothing. */
const layerRunners: { readonly [K in LayerKind]: LayerRunner<K> | undefined } = {
  InputLayer: undefined,
  Conv2D: conv2d,
  Dense: dense,
  BatchNormalization: batchNormalization,
  LocalResponseNormalization: localResponseNormalization,
  MaxPooling2D: maxPooling2d,
  AveragePooling2D: averagePooling2d,
  AdaptiveAveragePooling2D: adaptiveAveragePooling2d,
  GlobalAveragePooling2D: globalAveragePooling2d,
  ZeroPadding2D: zeroPadding2d,
  Activation: activationLayer,
  Rescaling: rescaling,
  Merge: merge,
  Concatenate: concatenate,
  Flatten: flatten,
  Dropout: dropout,
  Softmax: softmax,
  Unknown: undefined,
};

/** How a layer of this kind runs; the compiler cannot see that both are of one kind, the table guarantees it. */
export function runnerOf(kind: LayerKind): LayerRunner<LayerKind> | undefined {
  return layerRunners[kind] as LayerRunner<LayerKind> | undefined;
}
