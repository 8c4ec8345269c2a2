import { slice } from './slice';
import type { LayerKind } from '../../network/layers/layer';
import { activationLayer } from './activations';
import { conv2d } from './conv2d';
import { conv2dTranspose } from './conv2dTranspose';
import { dense } from './dense';
import type { LayerRunner } from './layerRunner';
import { matmul } from './matmul';
import { concatenate, merge } from './merge';
import { groupNormalization, layerNormalization, unitNormalization } from './momentNormalizations';
import { batchNormalization, localResponseNormalization } from './normalization';
import { cropping2d, zeroPadding2d } from './padding';
import { dropout, flatten, identity, permute, reshape, softmax } from './passing';
import {
  adaptiveAveragePooling2d,
  averagePooling2d,
  globalAveragePooling2d,
  globalMaxPooling2d,
  maxPooling2d,
} from './pooling';
import { rescaling } from './rescaling';
import { resize } from './resize';
import { layerScale, normalization, offset, prelu } from './standardising';

/** How every kind of layer runs; undefined for those that compute nothing. */
const layerRunners: { readonly [K in LayerKind]: LayerRunner<K> | undefined } = {
  InputLayer: undefined,
  Conv2D: conv2d,
  Conv2DTranspose: conv2dTranspose,
  Dense: dense,
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
  GroupNormalization: groupNormalization,
  UnitNormalization: unitNormalization,
  Normalization: normalization,
  LayerScale: layerScale,
  Offset: offset,
  PReLU: prelu,
  LocalResponseNormalization: localResponseNormalization,
  MaxPooling2D: maxPooling2d,
  AveragePooling2D: averagePooling2d,
  AdaptiveAveragePooling2D: adaptiveAveragePooling2d,
  GlobalAveragePooling2D: globalAveragePooling2d,
  GlobalMaxPooling2D: globalMaxPooling2d,
  ZeroPadding2D: zeroPadding2d,
  Cropping2D: cropping2d,
  Resize: resize,
  Reshape: reshape,
  Permute: permute,
  Slice: slice,
  Activation: activationLayer,
  Rescaling: rescaling,
  Merge: merge,
  Matmul: matmul,
  Concatenate: concatenate,
  Flatten: flatten,
  Dropout: dropout,
  Softmax: softmax,
  Identity: identity,
  Unknown: undefined,
};

/** How a layer of this kind runs; the compiler cannot see that both are of one kind, the table guarantees it. */
export function runnerOf(kind: LayerKind): LayerRunner<LayerKind> | undefined {
  return layerRunners[kind] as LayerRunner<LayerKind> | undefined;
}
