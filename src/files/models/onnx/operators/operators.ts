import type { Operator } from '../values/operation';
import { conv } from './convolution';
import { gemm, matMul } from './dense';
import { joining } from './joining';
import { normalization } from './normalization';
import { pointwise } from './pointwise';
import { averagePool, globalAveragePool, maxPool } from './pooling';
import { reduceMean } from './reducing';
import { shaping } from './shaping';
import { softmax } from './softmax';

/** ONNX' own operators that become layers, by name. */
export const operators: Readonly<Record<string, Operator>> = {
  Conv: conv,
  Gemm: gemm,
  MatMul: matMul,
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: globalAveragePool,
  ReduceMean: reduceMean,
  Softmax: softmax,
  ...pointwise,
  ...normalization,
  ...shaping,
  ...joining,
};
