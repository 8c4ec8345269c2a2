import type { TfOperator } from './tfOperation';
import { conv2d, conv2dTranspose, depthwise } from './convolution';
import { matMul } from './dense';
import { averagePool, batchNormalization, lrn, maxPool } from './pooling';
import { pointwise } from './pointwise';
import { shaping } from './shaping';
import { depthToSpace, mirrorPad, pad, resize } from './spatial';
import { stridedSlice } from './stridedSlice';

/** TensorFlow's operators that become layers or constants, by name. */
export const operators: Readonly<Record<string, TfOperator>> = {
  Conv2D: conv2d,
  _FusedConv2D: conv2d,
  FusedConv2D: conv2d,
  DepthwiseConv2dNative: depthwise,
  FusedDepthwiseConv2dNative: depthwise,
  _FusedDepthwiseConv2dNative: depthwise,
  Conv2DBackpropInput: conv2dTranspose,
  MatMul: matMul,
  _FusedMatMul: matMul,
  BatchMatMul: matMul,
  BatchMatMulV2: matMul,
  MaxPool: maxPool,
  AvgPool: averagePool,
  LRN: lrn,
  FusedBatchNorm: batchNormalization,
  FusedBatchNormV2: batchNormalization,
  FusedBatchNormV3: batchNormalization,
  Pad: pad,
  PadV2: pad,
  MirrorPad: mirrorPad,
  ResizeBilinear: resize('linear'),
  ResizeNearestNeighbor: resize('nearest'),
  DepthToSpace: depthToSpace,
  StridedSlice: stridedSlice,
  ...shaping,
  ...pointwise,
};
