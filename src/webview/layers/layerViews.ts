import type { LayerKind } from '../../network/layers/layer';
import type { Operands } from '../../network/layers/operands';
import { activationValue, activationView } from './activation';
import { batchNormalizationValue, batchNormalizationView } from './batchNormalization';
import { conv2dValue, conv2dView } from './conv2d';
import { denseValue, denseView } from './dense';
import type { LayerView, LayerViews, ValueView, ValueViews } from './layerView';
import {
  localResponseNormalizationValue,
  localResponseNormalizationView,
} from './localResponseNormalization';
import { matmulValue, matmulView } from './matmul';
import { mergeValue, mergeView } from './merge';
import { momentsValue, unitValue } from './momentNormalizations';
import {
  concatenateValue,
  concatenateView,
  dropoutValue,
  dropoutView,
  flattenValue,
  flattenView,
  identityValue,
  movedValue,
  movingView,
  zeroPaddingValue,
  zeroPaddingView,
} from './passing';
import { averageValue, globalPoolingView, maximumValue, poolingView } from './pooling';
import { rescalingValue, rescalingView } from './rescaling';
import { resizeValue, resizeView } from './resize';
import { softmaxValue, softmaxView } from './softmax';
import {
  factorView,
  layerScaleValue,
  normalizationValue,
  preluValue,
  standardisingView,
} from './standardising';

/** How every kind of layer looks. */
const layerViews: LayerViews = {
  InputLayer: { form: 'stack', family: 'input' },
  Conv2D: conv2dView,
  Conv2DTranspose: { form: 'stack', family: 'convolution', unit: 'filter' },
  Dense: denseView,
  BatchNormalization: batchNormalizationView,
  LayerNormalization: standardisingView,
  GroupNormalization: standardisingView,
  UnitNormalization: standardisingView,
  Normalization: standardisingView,
  LayerScale: factorView,
  Offset: factorView,
  PReLU: factorView,
  LocalResponseNormalization: localResponseNormalizationView,
  MaxPooling2D: poolingView,
  AveragePooling2D: poolingView,
  AdaptiveAveragePooling2D: poolingView,
  GlobalAveragePooling2D: globalPoolingView,
  GlobalMaxPooling2D: globalPoolingView,
  ZeroPadding2D: zeroPaddingView,
  Cropping2D: zeroPaddingView,
  Resize: resizeView,
  Reshape: movingView,
  Permute: movingView,
  Slice: movingView,
  Activation: activationView,
  Rescaling: rescalingView,
  Merge: mergeView,
  Matmul: matmulView,
  Concatenate: concatenateView,
  Flatten: flattenView,
  Dropout: dropoutView,
  Softmax: softmaxView,
  Identity: movingView,
  Unknown: { form: 'slab', family: 'other' },
};

/** How a value of every kind of layer that makes values came about. */
const valueViews: ValueViews = {
  Conv2D: conv2dValue,
  Dense: denseValue,
  BatchNormalization: batchNormalizationValue,
  LayerNormalization: momentsValue,
  GroupNormalization: momentsValue,
  UnitNormalization: unitValue,
  Normalization: normalizationValue,
  LayerScale: layerScaleValue,
  PReLU: preluValue,
  LocalResponseNormalization: localResponseNormalizationValue,
  MaxPooling2D: maximumValue,
  AveragePooling2D: averageValue,
  AdaptiveAveragePooling2D: averageValue,
  GlobalAveragePooling2D: averageValue,
  GlobalMaxPooling2D: maximumValue,
  ZeroPadding2D: zeroPaddingValue,
  Cropping2D: movedValue,
  Resize: resizeValue,
  Reshape: movedValue,
  Permute: movedValue,
  Slice: movedValue,
  Activation: activationValue,
  Rescaling: rescalingValue,
  Merge: mergeValue,
  Matmul: matmulValue,
  Concatenate: concatenateValue,
  Flatten: flattenValue,
  Dropout: dropoutValue,
  Softmax: softmaxValue,
  Identity: identityValue,
};

/** The view of a layer's kind; the compiler cannot see that both are of one kind, this table guarantees it. */
export function layerView({ kind }: { readonly kind: LayerKind }): LayerView<LayerKind> {
  return layerViews[kind] as LayerView<LayerKind>;
}

/** The view of these operands' kind, which the table guarantees as well. */
export function valueView({ kind }: Operands): ValueView<Operands['kind']> {
  return valueViews[kind] as ValueView<Operands['kind']>;
}
