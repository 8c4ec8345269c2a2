import { inputShapeOf, type Layer, type LayerOf } from '../../../../network/layers/layer';
import { leastDeviation } from '../../../../network/layers/standardising';
import { NetworkError } from '../../../../network/tensor/networkError';
import { isMapShape } from '../../../../network/tensor/shape';
import type { StoredTensor } from '../../../../protocol/storedTensor';
import type { LayerCode, LayerWriters, Step } from '../layerCode';
import { numbers, pythonCall, pythonNumber } from '../literals';
import {
  byChannel,
  channelAxis,
  channelsFirst,
  channelsLast,
  filled,
  moduleTensors,
  ownTensor,
} from './torchTensors';

type NormKinds =
  | 'BatchNormalization'
  | 'LayerNormalization'
  | 'GroupNormalization'
  | 'UnitNormalization'
  | 'Normalization'
  | 'LayerScale'
  | 'Offset'
  | 'PReLU'
  | 'LocalResponseNormalization'
  | 'Rescaling';

/** PyTorch's modules by the axes of what they take, without the batch. */
const batchNorms = [
  undefined,
  'nn.BatchNorm1d',
  'nn.BatchNorm1d',
  'nn.BatchNorm2d',
  'nn.BatchNorm3d',
];

/** Normalisations, and what else goes by channel. */
export const torchNorms: Pick<LayerWriters, NormKinds> = {
  BatchNormalization: (layer, id) => {
    const shape = inputShapeOf(layer);
    const module = batchNorms[shape.length];
    if (module === undefined) {
      throw new NetworkError(`${layer.name}: PyTorch has no batch norm of ${shape.length} axes`);
    }
    const made = pythonCall(module, [channels(layer)], { ...scaling(layer, 'affine') });
    const own: Step = (x) => `self.${id}(${x})`;
    // Its channels are the first axis always.
    const isMoved = shape.length === 2 || shape.length > 3;
    return {
      members: [`self.${id} = ${made}`],
      steps: [isMoved ? (x) => `${own(`${x}.movedim(-1, 1)`)}.movedim(1, -1)` : own],
      tensors: completed(layer, id),
    };
  },
  LayerNormalization: (layer, id) => {
    const shape = inputShapeOf(layer);
    const made = pythonCall('nn.LayerNorm', [channels(layer)], {
      ...scaling(layer, 'elementwise_affine'),
    });
    return {
      members: [`self.${id} = ${made}`],
      steps: [(x) => channelsFirst(`self.${id}(${channelsLast(x, shape)})`, shape)],
      tensors: completed(layer, id),
    };
  },
  GroupNormalization: (layer, id) => {
    const made = pythonCall('nn.GroupNorm', [String(layer.groups), channels(layer)], {
      ...scaling(layer, 'affine'),
    });
    return {
      members: [`self.${id} = ${made}`],
      steps: [(x) => `self.${id}(${x})`],
      tensors: completed(layer, id),
    };
  },
  UnitNormalization: (layer) => ({
    steps: [(x) => `F.normalize(${x}, dim=${channelAxis(inputShapeOf(layer))}, eps=1e-6)`],
  }),
  Normalization: (layer, id) => normalization(layer, id),
  LayerScale: (layer, id) => {
    const size = isMapShape(inputShapeOf(layer)) ? `${channels(layer)}, 1, 1` : channels(layer);
    const ones = isMapShape(inputShapeOf(layer)) ? [1, 1] : [];
    return {
      members: [`self.${id} = nn.Parameter(torch.ones(${size}))`],
      steps: [(x) => `${x} * self.${id}`],
      tensors: layer.weights.map(({ name: weight, shape }) => ({
        name: id,
        shape: [...shape, ...ones],
        from: { layer: layer.name, weight },
      })),
    };
  },
  Offset: (layer, id) => {
    const { size, tensors } = parameter(layer, id);
    return {
      members: [`self.${id} = nn.Parameter(torch.zeros(${size}))`],
      steps: [(x) => `${x} + self.${id}`],
      tensors,
    };
  },
  PReLU: (layer, id) => prelu(layer, id),
  LocalResponseNormalization: ({ depthRadius, bias, alpha, beta }, id) => {
    const size = 2 * depthRadius + 1;
    // PyTorch divides its alpha by the size.
    const made = pythonCall('nn.LocalResponseNorm', [String(size)], {
      alpha: pythonNumber(Number((alpha * size).toPrecision(12))),
      beta: pythonNumber(beta),
      k: pythonNumber(bias),
    });
    return { members: [`self.${id} = ${made}`], steps: [(x) => `self.${id}(${x})`] };
  },
  Rescaling: (layer, id) => {
    const { scale, offset } = layer;
    const by = constant(layer, `${id}__scale`, scale);
    const plus = constant(layer, `${id}__offset`, offset);
    return {
      members: [...by.members, ...plus.members],
      steps: [
        ...(scale === 1 ? [] : [(x: string) => `${x} * ${by.text}`]),
        ...(offset === 0 ? [] : [(x: string) => `${x} + ${plus.text}`]),
      ],
    };
  },
};

function channels(layer: Layer): string {
  return String(inputShapeOf(layer).at(-1) ?? 0);
}

function scaling(
  { epsilon, scale, center }: Pick<LayerOf<'BatchNormalization'>, 'epsilon' | 'scale' | 'center'>,
  affine: string,
): Readonly<Record<string, string | undefined>> {
  return { eps: pythonNumber(epsilon), [affine]: scale || center ? undefined : 'False' };
}

/** A module scales and shifts, or does neither: what the layer does without is 1 or 0. */
function completed(
  layer: LayerOf<'BatchNormalization' | 'LayerNormalization' | 'GroupNormalization'>,
  id: string,
): readonly StoredTensor[] {
  const count = inputShapeOf(layer).at(-1) ?? 0;
  const { scale, center } = layer;
  return [
    ...moduleTensors(layer, id),
    ...(center && !scale ? [filled(`${id}.weight`, count, 1)] : []),
    ...(scale && !center ? [filled(`${id}.bias`, count, 0)] : []),
  ];
}

/** Numbers of the network itself: one is written where it is used, several are a buffer. */
function constant(layer: Layer, name: string, values: number | readonly number[]) {
  if (typeof values === 'number') return { members: [], text: pythonNumber(values) };
  const tensor = `torch.tensor(${numbers(values)})${byChannel(inputShapeOf(layer))}`;
  return {
    members: [`self.register_buffer("${name}", ${tensor}, persistent=False)`],
    text: `self.${name}`,
  };
}

function normalization(layer: LayerOf<'Normalization'>, id: string): LayerCode {
  const { given, invert, name } = layer;
  const [mean, variance] = [`${id}__mean`, `${id}__variance`];
  const deviation = `self.${variance}.sqrt().clamp(min=${leastDeviation})`;
  const steps: readonly Step[] = invert
    ? [(x) => `${x} * ${deviation} + self.${mean}`]
    : [(x) => `(${x} - self.${mean}) / ${deviation}`];
  if (given) {
    const members = [
      ...constant(layer, mean, given.mean).members,
      ...constant(layer, variance, given.variance).members,
    ];
    return { members, steps };
  }
  const ones = isMapShape(inputShapeOf(layer)) ? [1, 1] : [];
  const shape = [Number(channels(layer)), ...ones];
  return {
    members: [mean, variance].map(
      (each) => `self.register_buffer("${each}", torch.ones(${shape.join(', ')}))`,
    ),
    steps,
    tensors: (['mean', 'variance'] as const).map((weight) => ({
      ...{ name: `${id}__${weight}`, shape, from: { layer: name, weight } },
    })),
  };
}

/** PyTorch's module has one slope for each channel, or one for all; others are a parameter. */
function prelu(layer: LayerOf<'PReLU'>, id: string): LayerCode {
  const [spec] = layer.weights;
  const shape = spec?.shape ?? [];
  const input = inputShapeOf(layer);
  const isByChannel = input.length === 1 || (isMapShape(input) && shape[0] === 1 && shape[1] === 1);
  if (isByChannel) {
    const made = `nn.PReLU(${shape.at(-1) ?? 1})`;
    const tensors = moduleTensors(layer, id).map((tensor) => ({
      ...tensor,
      shape: [shape.at(-1) ?? 1],
    }));
    return { members: [`self.${id} = ${made}`], steps: [(x) => `self.${id}(${x})`], tensors };
  }
  const { size, tensors } = parameter(layer, id);
  return {
    members: [`self.${id} = nn.Parameter(torch.ones(${size}))`],
    steps: [(x) => `torch.where(${x} > 0, ${x}, self.${id} * ${x})`],
    tensors,
  };
}

/** A layer's only weight as a parameter of the network itself, with its axes as PyTorch has maps. */
function parameter(layer: LayerOf<'PReLU' | 'Offset'>, id: string) {
  const [spec] = layer.weights;
  const shape = spec?.shape ?? [];
  const axes = isMapShape(shape) ? [2, 0, 1] : shape.map((_, axis) => axis);
  const size = axes.map((axis) => shape[axis] ?? 1).join(', ');
  return { size, tensors: spec ? [ownTensor(layer, spec, id, axes)] : [] };
}
