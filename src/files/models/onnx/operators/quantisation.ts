import type { PointwiseActivation } from '../../../../network/layers/activations';
import { NetworkError } from '../../../../network/tensor/networkError';
import { type Constant, dequantised } from '../graph/constant';
import { arranged, mapInput, withLast } from '../values/arranging';
import type { Operation, Operator } from '../values/operation';
import type { TensorValue } from '../values/value';
import { convolution } from './convolution';
import { dense } from './dense';
import { globalPool } from './reducing';

/** Of a scale and a zero point, of which the latter's type says where it ends: 8 bits with or without a sign. */
function steps(operation: Operation, scaleAt: number, zeroAt: number): PointwiseActivation {
  const [scale, ...others] = operation.values(scaleAt, 'scale');
  const zeroPoint = operation.has(zeroAt) ? operation.constant(zeroAt, 'zero point') : undefined;
  if (scale === undefined || others.length > 0) {
    throw new NetworkError(
      `${operation.op} has a scale for each channel, which is known of weights only`,
    );
  }
  const isSigned = zeroPoint?.isSigned ?? false;
  const [least, most] = isSigned ? [-128, 127] : [0, 255];
  return { function: 'quantise', scale, zeroPoint: zeroPoint?.values?.[0] ?? 0, least, most };
}

/** Integers are kept as the numbers that they stand for, so that turning them into floats again does nothing. */
function quantised(
  operation: Operation,
  x: TensorValue,
  scaleAt: number,
  zeroAt: number,
): TensorValue {
  return operation.alike({ kind: 'Activation', activation: steps(operation, scaleAt, zeroAt) }, x);
}

const quantizeLinear: Operator = (operation) => quantised(operation, operation.tensor(0), 1, 2);

/** What was quantised already is as it should be. */
const dequantizeLinear: Operator = (operation) => floats(operation, 0);

/** An input of integers, whose scale and zero point follow it, as the numbers that these stand for. */
function floats(operation: Operation, at: number, part?: string): TensorValue {
  const x = operation.tensor(at);
  if (x.layer.kind !== 'InputLayer') return x;
  const scales = operation.values(at + 1, 'scale');
  const zeros = operation.has(at + 2) ? operation.values(at + 2, 'zero point') : [];
  const isOne = scales.length === 1;
  const own = isOne
    ? x
    : withLast(operation, x, operation.axis(operation.number('axis', 1), x.dims.length));
  const offsets = scales.map((scale, at) => -scale * (zeros[at] ?? 0));
  const [scale, offset] = isOne ? [scales[0] ?? 1, offsets[0] ?? 0] : [scales, offsets];
  const options = part === undefined ? {} : { part };
  return operation.alike({ kind: 'Rescaling', scale, offset }, own, options);
}

/** A weight of integers, as floats. */
function weight(
  operation: Operation,
  at: number,
  {
    scales,
    zeroPoint,
    axis,
  }: { readonly scales: readonly number[]; readonly zeroPoint?: number; readonly axis: number },
): Constant {
  const scale = scales
    .map((index) => operation.values(index, 'scale'))
    .reduce((a, b) =>
      a.length > b.length ? a.map((x) => x * (b[0] ?? 1)) : b.map((x) => x * (a[0] ?? 1)),
    );
  const zeros = zeroPoint === undefined ? [] : operation.values(zeroPoint, 'zero point');
  return dequantised(operation.constant(at, 'weight'), {
    scale: Float32Array.from(scale),
    zeroPoint: Float32Array.from(scale, (_, i) => zeros[i] ?? zeros[0] ?? 0),
    axis,
  });
}

const qLinearConv: Operator = (operation) => {
  const kernel = weight(operation, 3, { scales: [4], zeroPoint: 5, axis: 0 });
  const bias = operation.has(8) ? weight(operation, 8, { scales: [1, 4], axis: 0 }) : undefined;
  const sums = convolution(
    operation,
    mapInput(operation, 0, floats(operation, 0, 'floats')),
    { kernel, ...(bias && { bias }) },
    'sums',
  );
  return quantised(operation, sums, 6, 7);
};

const qGemm: Operator = (operation) => {
  const isTransposed = operation.flag('transB', false);
  const matrix = weight(operation, 3, { scales: [4], zeroPoint: 5, axis: isTransposed ? 0 : 1 });
  const bias = operation.has(6) ? weight(operation, 6, { scales: [1, 4], axis: 0 }) : undefined;
  const sums = dense(operation, floats(operation, 0, 'floats'), {
    ...{ matrix, isTransposed, alpha: operation.number('alpha', 1), part: 'sums' },
    ...(bias && { bias: { constant: bias } }),
  });
  return operation.has(7) ? quantised(operation, sums, 7, 8) : sums;
};

const qLinearMatMul: Operator = (operation) => {
  const matrix = weight(operation, 3, { scales: [4], zeroPoint: 5, axis: 1 });
  const sums = dense(operation, floats(operation, 0, 'floats'), {
    ...{ matrix, isTransposed: false, alpha: 1, part: 'sums' },
  });
  return quantised(operation, sums, 6, 7);
};

/** Arithmetic of two tensors of integers. */
function qLinearMerge(merge: 'add' | 'multiply'): Operator {
  return (operation) => {
    const [a, b] = [operation.tensor(0), operation.tensor(3)];
    const layer = operation.layer(
      { kind: 'Merge', operation: merge },
      [a, arranged(operation, b, a.axes)],
      { part: 'sums' },
    );
    const sums = { ...a, layer };
    return quantised(operation, sums, 6, 7);
  };
}

/** ONNX' own operators of integers. */
export const quantisation: Readonly<Record<string, Operator>> = {
  QuantizeLinear: quantizeLinear,
  DequantizeLinear: dequantizeLinear,
  QLinearConv: qLinearConv,
  QLinearMatMul: qLinearMatMul,
};

/** Those that ONNX Runtime adds. */
export const runtimeQuantisation: Readonly<Record<string, Operator>> = {
  QLinearGlobalAveragePool: (operation) => {
    const mean = globalPool('GlobalAveragePooling2D', 'mean')(operation) as TensorValue;
    return quantised(operation, mean, 3, 4);
  },
  QGemm: qGemm,
  QLinearAdd: qLinearMerge('add'),
  QLinearMul: qLinearMerge('multiply'),
};
