import type { Cell } from '../tensor/cell';
import { valueIndex } from '../tensor/cell';
import type { Axis, AxisWindow } from '../tensor/window';
import { activationLayer } from './activationLayer';
import { batchNormalization } from './batchNormalization';
import { concatenate } from './concatenate';
import { conv2d } from './conv2d';
import { conv2dTranspose } from './conv2dTranspose';
import { cropping2d } from './cropping2d';
import { dense } from './dense';
import { inputLayer } from './inputLayer';
import type { Layer, LayerKind, LayerSettings } from './layer';
import type { LayerRule, OperandSources, SettingWords } from './layerRule';
import { localResponseNormalization } from './localResponseNormalization';
import { matmul } from './matmul';
import { merge } from './merge';
import { groupNormalization, layerNormalization, unitNormalization } from './momentNormalizations';
import { offset } from './offset';
import type { Operands } from './operands';
import { dropout, flatten, identity } from './passing';
import { permute } from './permute';
import {
  adaptiveAveragePooling2d,
  averagePooling2d,
  globalAveragePooling2d,
  globalMaxPooling2d,
  maxPooling2d,
} from './pooling';
import { prelu } from './prelu';
import { rescaling } from './rescaling';
import { reshape } from './reshape';
import { resize } from './resize';
import { slice } from './slice';
import { softmax } from './softmax';
import { layerScale, normalization } from './standardising';
import { unknown } from './unknown';
import { zeroPadding2d } from './zeroPadding2d';

/** The rule of every kind of layer. */
const layerRules: { readonly [K in LayerKind]: LayerRule<K> } = {
  InputLayer: inputLayer,
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
  Unknown: unknown,
};

/** The rule of a layer's kind. The cast is sound because the table is typed by kind, which TypeScript cannot follow. */
export function ruleOf(settings: { readonly kind: LayerKind }): LayerRule<LayerKind> {
  return layerRules[settings.kind] as LayerRule<LayerKind>;
}

/** Multiply-adds of a layer for one picture. */
export function macs(layer: Layer): number {
  return ruleOf(layer).macs?.(layer) ?? 0;
}

/** The window along an axis of `side` cells; undefined where a cell depends on the cell in its place only. */
export function windowAlong(layer: Layer, side: number, axis: Axis): AxisWindow | undefined {
  return ruleOf(layer).window?.(layer, side, axis);
}

/** The numbers that one value was computed from; throws a NetworkError where the layer has no such value. */
export function gatherOperands(layer: Layer, cell: Cell, sources: OperandSources): Operands {
  const index = valueIndex(layer.name, layer.outputShape, cell);
  return ruleOf(layer).operands(layer, { ...cell, index }, sources);
}

/** Kernel, stride, padding, groups and the like in words. */
export function settingWords(layer: Layer): readonly SettingWords[] {
  return ruleOf(layer).words(layer);
}

/** Name of a layer's operation: `Conv2D`, `DepthwiseConv2D`, `Add`, or an unknown operation's own name. */
export function kindTitle(
  layer: LayerSettings & { readonly inputShapes?: Layer['inputShapes'] },
): string {
  return ruleOf(layer).title?.({ ...layer, inputShapes: layer.inputShapes ?? [] }) ?? layer.kind;
}
