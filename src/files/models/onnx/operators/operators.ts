import type { Operator } from '../values/operation';
import { depthToSpace, spaceToDepth } from './blocks';
import { conv } from './convolution';
import { gemm, matMul } from './dense';
import { joining } from './joining';
import { normalization } from './normalization';
import { pad } from './padding';
import { pointwise } from './pointwise';
import { averagePool, maxPool } from './pooling';
import { einsum } from './products';
import { quantisation, runtimeQuantisation } from './quantisation';
import { reductions } from './reducing';
import { resize } from './resizing';
import { shaping } from './shaping';
import { slicing } from './slicing';
import { logSoftmax, softmax } from './softmax';
import { convTranspose } from './transposedConvolution';

/** ONNX' own operators that become layers, by name. */
export const operators: Readonly<Record<string, Operator>> = {
  Conv: conv,
  ConvTranspose: convTranspose,
  Gemm: gemm,
  MatMul: matMul,
  Einsum: einsum,
  MaxPool: maxPool,
  AveragePool: averagePool,
  Softmax: softmax,
  LogSoftmax: logSoftmax,
  Pad: pad,
  Resize: resize,
  Upsample: resize,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  ...pointwise,
  ...normalization,
  ...shaping,
  ...joining,
  ...reductions,
  ...slicing,
  ...quantisation,
};

/** Those of ONNX Runtime's own domain. */
export const runtimeOperators: Readonly<Record<string, Operator>> = {
  ...runtimeQuantisation,
  Gelu: operators['Gelu'] as Operator,
};
