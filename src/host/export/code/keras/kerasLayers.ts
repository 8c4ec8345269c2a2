import { inputShapeOf, type LayerOf } from '../../../../network/layers/layer';
import { kindTitle } from '../../../../network/layers/layerRules';
import { filledPlaces } from '../../../../network/layers/zeroPadding2d';
import { NetworkError } from '../../../../network/tensor/networkError';
import type { LayerCode, LayerWriters, Step } from '../layerCode';
import { plainTensors } from '../layerCode';
import { numbers, pythonCall, pythonNumber, pythonTuple } from '../literals';
import { shareMatrix } from '../windows';
import { activationKeyword, activationSteps } from './kerasActivations';
import { allPads, kerasWindows, made, padsText } from './kerasWindows';

/** Every kind of layer by Keras 3's layers, and its operations where it has no layer. */
export const kerasLayers: LayerWriters = {
  ...kerasWindows,
  InputLayer: ({ shape }, id) => ({
    steps: [() => `keras.Input(${pythonTuple(shape)}, name="${id}")`],
  }),
  Dense: ({ units, useBias, activation }, id) => {
    const keywords = {
      use_bias: useBias ? undefined : 'False',
      activation: activationKeyword(activation),
      name: `"${id}"`,
    };
    const dense = made(pythonCall('layers.Dense', [String(units)], keywords));
    return { steps: [dense, ...activationSteps(activation)] };
  },
  BatchNormalization: (layer, id) => normalisation('BatchNormalization', layer, id),
  LayerNormalization: (layer, id) => normalisation('LayerNormalization', layer, id),
  GroupNormalization: (layer, id) =>
    normalisation('GroupNormalization', layer, id, { groups: String(layer.groups) }),
  UnitNormalization: (_, id) => layerOf('UnitNormalization', id),
  Normalization: ({ given, invert }, id) => ({
    steps: [
      made(
        pythonCall('layers.Normalization', [], {
          mean: given && numbers(given.mean),
          variance: given && numbers(given.variance),
          invert: invert ? 'True' : undefined,
          name: `"${id}"`,
        }),
      ),
    ],
  }),
  LayerScale: (_, id) => ({ steps: [made(`LayerScale(name="${id}")`)] }),
  Offset: ({ weights }, id) => ({
    steps: [made(`Offset(${pythonTuple(weights[0]?.shape ?? [])}, name="${id}")`)],
  }),
  PReLU: ({ sharedAxes }, id) => {
    const axes = sharedAxes.length > 0 ? numbers(sharedAxes.map((axis) => axis + 1)) : undefined;
    return {
      steps: [made(pythonCall('layers.PReLU', [], { shared_axes: axes, name: `"${id}"` }))],
    };
  },
  LocalResponseNormalization: ({ depthRadius, bias, alpha, beta }) => {
    const settings = `radius=${depthRadius}, bias=${bias}, alpha=${alpha}, beta=${beta}`;
    return { steps: [(x) => `local_response_normalization(${x}, ${settings})`] };
  },
  ZeroPadding2D: (layer, id) => ({ steps: paddingSteps(layer, id) }),
  Cropping2D: ({ cropping }, id) => ({
    steps: [made(`layers.Cropping2D(${padsText(cropping)}, name="${id}")`)],
  }),
  Resize: (layer, id) => resizing(layer, id),
  Reshape: ({ outputShape }, id) => ({
    steps: [made(`layers.Reshape(${pythonTuple(outputShape)}, name="${id}")`)],
  }),
  Permute: ({ axes }, id) => ({
    steps: [made(`layers.Permute(${pythonTuple(axes.map((axis) => axis + 1))}, name="${id}")`)],
  }),
  Slice: (layer) => ({ steps: sliceSteps(layer) }),
  Activation: ({ activation }, id) => {
    const named = activationKeyword(activation);
    if (named === undefined) return { steps: activationSteps(activation) };
    return { steps: [made(`layers.Activation(${named}, name="${id}")`)] };
  },
  Rescaling: ({ scale, offset }, id) => {
    const keywords = { offset: offset === 0 ? undefined : numbers(offset), name: `"${id}"` };
    return { steps: [made(pythonCall('layers.Rescaling', [numbers(scale)], keywords))] };
  },
  Merge: (layer, id) => layerOf(kindTitle(layer), id),
  Matmul: () => ({ steps: [(a, b) => `ops.matmul(${a}, ${b})`] }),
  Concatenate: (_, id) => ({
    steps: [(...inputs) => `layers.Concatenate(name="${id}")([${inputs.join(', ')}])`],
  }),
  Flatten: ({ channelsFirst, inputShapes: [input = []] }, id) => ({
    steps: [
      ...(channelsFirst && input.length === 3 ? [made('layers.Permute((3, 1, 2))')] : []),
      made(`layers.Flatten(name="${id}")`),
    ],
  }),
  Dropout: ({ rate }, id) => ({
    steps: [made(`layers.Dropout(${pythonNumber(rate)}, name="${id}")`)],
  }),
  Softmax: (_, id) => layerOf('Softmax', id),
  Identity: (_, id) => layerOf('Identity', id),
  Unknown: ({ name, operation }) => {
    throw new NetworkError(`${name}: ${operation} is not known here`);
  },
};

function layerOf(name: string, id: string): LayerCode {
  return { steps: [made(`layers.${name}(name="${id}")`)] };
}

function normalisation(
  name: string,
  {
    epsilon,
    scale,
    center,
  }: LayerOf<'BatchNormalization' | 'LayerNormalization' | 'GroupNormalization'>,
  id: string,
  keywords: Readonly<Record<string, string>> = {},
): LayerCode {
  const all = {
    ...keywords,
    epsilon: pythonNumber(epsilon),
    center: center ? undefined : 'False',
    scale: scale ? undefined : 'False',
    name: `"${id}"`,
  };
  return { steps: [made(pythonCall(`layers.${name}`, [], all))] };
}

function paddingSteps(layer: LayerOf<'ZeroPadding2D'>, id: string): readonly Step[] {
  const { padding, fill = 0 } = layer;
  if (fill === 0) return [made(`layers.ZeroPadding2D(${padsText(padding)}, name="${id}")`)];
  if (typeof fill === 'number') {
    return [(x) => `ops.pad(${x}, ${allPads(padding)}, constant_values=${pythonNumber(fill)})`];
  }
  const shape = inputShapeOf(layer);
  return ([0, 1] as const)
    .filter((axis) => padding[axis].some((pad) => pad > 0))
    .map((axis) => taken(filledPlaces(layer, shape[axis] ?? 0, axis), axis));
}

function taken(places: readonly number[], axis: number): Step {
  return (x) => `ops.take(${x}, ${numbers(places)}, axis=${axis + 1})`;
}

function resizing(layer: LayerOf<'Resize'>, id: string): LayerCode {
  const { size, interpolation, shares } = layer;
  const [height = 0, width = 0] = inputShapeOf(layer);
  if (shares) {
    const [rows, columns] = size;
    return {
      steps: [made(`Resample(${rows}, ${columns}, name="${id}")`)],
      tensors: [
        ...plainTensors(layer, id),
        tensor(`${id}/rows`, [rows, height], shareMatrix(shares[0], height)),
        tensor(`${id}/columns`, [columns, width], shareMatrix(shares[1], width)),
      ],
    };
  }
  const [down, across] = [size[0] / height, size[1] / width];
  if (Number.isInteger(down) && Number.isInteger(across)) {
    const keywords = {
      interpolation: interpolation === 'nearest' ? undefined : `"${interpolation}"`,
      name: `"${id}"`,
    };
    return { steps: [made(pythonCall('layers.UpSampling2D', [`(${down}, ${across})`], keywords))] };
  }
  const to = `(${size.join(', ')}), interpolation="${interpolation}"`;
  return { steps: [(x) => `ops.image.resize(${x}, ${to})`] };
}

function tensor(name: string, shape: readonly number[], values: Float32Array) {
  return { name, shape, from: { values } };
}

function sliceSteps(layer: LayerOf<'Slice'>): readonly Step[] {
  const { starts, steps, counts } = layer;
  const parts = counts.map((count, axis) => {
    const [start = 0, step = 1] = [starts[axis], steps[axis]];
    if (step < 0) return ':';
    const end = start + (count - 1) * step + 1;
    return step === 1 ? `${start}:${end}` : `${start}:${end}:${step}`;
  });
  const forward = parts.some((part) => part !== ':')
    ? [(x: string) => `${x}[:, ${parts.join(', ')}]`]
    : [];
  const backward = counts.flatMap((count, axis) => {
    const [start = 0, step = 1] = [starts[axis], steps[axis]];
    if (step > 0) return [];
    return [
      taken(
        Array.from({ length: count }, (_, at) => start + at * step),
        axis,
      ),
    ];
  });
  return [...forward, ...backward];
}
