import { NetworkError } from '../../../../network/tensor/networkError';
import { elementCount } from '../../../../network/tensor/shape';
import { computed, withDims } from '../graph/constant';
import { arranged, mapInput, reshaped, withLast } from '../values/arranging';
import type { Operation, Operator } from '../values/operation';
import type { TensorValue } from '../values/value';
import { reducedOver } from './reducing';
import { listWeight } from './convolution';

/** At inference, which is how a file's statistics are meant. */
const batchNormalization: Operator = (operation) => {
  const names = ['gamma', 'beta', 'moving_mean', 'moving_variance'] as const;
  const [gamma, beta, mean, variance] = names.map((name, at) =>
    listWeight(operation.constant(at + 1, name)),
  ) as [Weight, Weight, Weight, Weight];
  const given = operation.tensor(0);
  const { length: rank } = given.dims;
  const { map, signal } = operation.around.layout;
  // Of more than two axes of space each is as good as one.
  const flat = [...given.dims.slice(0, 2), elementCount(given.dims.slice(2)), 1];
  const x =
    rank === 2
      ? given
      : arranged(
          operation,
          rank > 4 ? reshaped(operation, given, flat) : given,
          rank === 3 ? signal : map,
        );
  if (operation.number('spatial') === 0) {
    throw new NetworkError('it normalises each cell apart, which is not known here');
  }
  const epsilon = operation.number('epsilon', 1e-5);
  const normalised = operation.alike(
    { kind: 'BatchNormalization', epsilon, scale: true, center: true },
    x,
    { weights: { gamma, beta, moving_mean: mean, moving_variance: variance } },
  );
  return rank > 4 ? reshaped(operation, normalised, given.dims) : normalised;
};

type Weight = ReturnType<typeof listWeight>;

/** alpha is divided by the size of the window. */
const lrn: Operator = (operation) => {
  const size = operation.number('size', 1);
  if (size % 2 !== 1) {
    throw new NetworkError(`its window has ${size} channels; an odd number is known here`);
  }
  return operation.alike(
    {
      kind: 'LocalResponseNormalization',
      depthRadius: (size - 1) / 2,
      bias: operation.number('bias', 1),
      alpha: operation.number('alpha', 1e-4) / size,
      beta: operation.number('beta', 0.75),
    },
    mapInput(operation),
  );
};

/** Over all axes from its own on, as one list. */
const layerNormalization: Operator = (operation) => {
  const x = operation.tensor(0);
  const axis = operation.axis(operation.number('axis', -1), x.dims.length);
  const scale = operation.constant(1, 'scale');
  const center = operation.has(2) ? operation.constant(2, 'bias') : undefined;
  const over = x.dims.slice(axis);
  const size = elementCount(over);
  for (const constant of [scale, ...(center ? [center] : [])]) {
    if (elementCount(constant.dims) === size) continue;
    throw new NetworkError(`${elementCount(constant.dims)} numbers do not go with ${size} values`);
  }
  const isLast = axis === x.dims.length - 1;
  const flat = isLast
    ? withLast(operation, x, axis)
    : reshaped(operation, x, [elementCount(x.dims.slice(0, axis)), size]);
  const list = (constant: typeof scale): Weight => listWeight(withDims(constant, [size]));
  const normalised = operation.alike(
    {
      kind: 'LayerNormalization',
      epsilon: operation.number('epsilon', 1e-5),
      ...{ scale: true, center: center !== undefined },
    },
    flat,
    { weights: { gamma: list(scale), ...(center && { beta: list(center) }) } },
  );
  const result = isLast ? normalised : reshaped(operation, normalised, x.dims);
  const isAsked = operation.node.outputs.slice(1).some((name) => name !== '');
  if (!isAsked) return result;
  return [result, ...moments(operation, x, axis)];
};

/** The mean and the inverse deviation that training asks for. */
function moments(operation: Operation, x: TensorValue, from: number): readonly TensorValue[] {
  const axes = x.dims.flatMap((_, axis) => (axis >= from ? [axis] : []));
  const kind = 'GlobalAveragePooling2D';
  const mean = reducedOver(operation, x, { kind, axes, part: 'mean' });
  const own = arranged(operation, mean, x.axes);
  const settings = { kind: 'Merge', operation: 'subtract' } as const;
  const layer = operation.layer(settings, [x, own], { part: 'centred' });
  const step = (value: TensorValue, exponent: number, part: string): TensorValue =>
    operation.alike({ kind: 'Activation', activation: { function: 'power', exponent } }, value, {
      part,
    });
  const squares = step({ ...x, layer }, 2, 'squares');
  const variance = reducedOver(operation, squares, { kind, axes, part: 'variance' });
  const offset = operation.number('epsilon', 1e-5);
  const moved = operation.alike({ kind: 'Rescaling', scale: 1, offset }, variance, {
    part: 'moved',
  });
  return [mean, step(moved, -0.5, 'inverse deviation')];
}

/** By groups of channels; until version 20 with a number for each group, then for each channel. */
function groupNormalization(
  operation: Operation,
  groups: number,
): ReturnType<typeof operation.alike> {
  const x = mapInput(operation);
  const [gamma, beta] = [operation.constant(1, 'scale'), operation.constant(2, 'bias')].map(
    (constant) => {
      const channels = x.layer.outputShape.at(-1) ?? 1;
      const count = elementCount(constant.dims);
      if (count === channels) return listWeight(constant);
      const each = channels / groups;
      const { values } = constant;
      if (count !== groups || !values) {
        throw new NetworkError(`${count} numbers do not go with ${channels} channels`);
      }
      const wide = Float64Array.from(
        { length: channels },
        (_, i) => values[Math.floor(i / each)] ?? 0,
      );
      return listWeight(computed(constant.name, [channels], wide, false));
    },
  ) as [Weight, Weight];
  const epsilon = operation.number('epsilon', 1e-5);
  return operation.alike(
    { kind: 'GroupNormalization', groups, epsilon, scale: true, center: true },
    x,
    { weights: { gamma, beta } },
  );
}

export const normalization: Readonly<Record<string, Operator>> = {
  BatchNormalization: batchNormalization,
  LRN: lrn,
  LayerNormalization: layerNormalization,
  GroupNormalization: (operation) =>
    groupNormalization(operation, operation.number('num_groups', 1)),
  InstanceNormalization: (operation) =>
    groupNormalization(operation, mapInput(operation).layer.outputShape.at(-1) ?? 1),
};
