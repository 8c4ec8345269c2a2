import { inputShapeOf, type LayerOf, type MergeOperation } from '../../../../network/layers/layer';
import { leastDeviation } from '../../../../network/layers/standardising';
import { filledPlaces } from '../../../../network/layers/zeroPadding2d';
import { NetworkError } from '../../../../network/tensor/networkError';
import { elementCount, type Shape } from '../../../../network/tensor/shape';
import { plainTensors, type LayerCode, type LayerWriters, type Step } from '../layerCode';
import { numbers } from '../literals';
import { shareMatrix } from '../windows';
import { biasedAndActivated, tfjsActivation } from './tfjsActivations';
import { padSteps, tfjsWindows, weight } from './tfjsWindows';

const merges: Readonly<Record<MergeOperation, string>> = {
  add: 'tf.add',
  subtract: 'tf.sub',
  multiply: 'tf.mul',
  average: 'tf.add',
  maximum: 'tf.maximum',
  minimum: 'tf.minimum',
};

/** Every kind of layer by TensorFlow.js' operations, channels last; its layers lack a third of the kinds. */
export const tfjsLayers: LayerWriters = {
  ...tfjsWindows,
  InputLayer: () => ({ steps: [] }),
  Dense: (layer, id) => {
    const isList = inputShapeOf(layer).length === 1;
    const sums: Step = (x) => `${isList ? 'tf.matMul' : 'dense'}(${x}, ${weight(id, 'kernel')})`;
    const bias = layer.useBias ? weight(id, 'bias') : undefined;
    return { steps: biasedAndActivated(sums, bias, layer.activation) };
  },
  BatchNormalization: ({ epsilon }, id) => ({
    steps: [(x) => `batchNorm(${x}, weights, '${id}', ${epsilon})`],
  }),
  LayerNormalization: (layer, id) => ({
    steps: [(x) => `normalise(${x}, [-1], ${layer.epsilon})`, ...scaling(layer, id)],
  }),
  GroupNormalization: (layer, id) => ({
    steps: [
      (x) => `groupNormalise(${x}, ${layer.groups}, ${layer.epsilon})`,
      ...scaling(layer, id),
    ],
  }),
  UnitNormalization: () => ({ steps: [(x) => `unitNormalise(${x})`] }),
  Normalization: ({ given, invert }, id) => {
    const mean = given ? numbers(given.mean) : weight(id, 'mean');
    const variance = given ? numbers(given.variance) : weight(id, 'variance');
    const deviation = `tf.maximum(tf.sqrt(${variance}), ${leastDeviation})`;
    return {
      steps: invert
        ? [(x) => `tf.add(tf.mul(${x}, ${deviation}), ${mean})`]
        : [(x) => `tf.div(tf.sub(${x}, ${mean}), ${deviation})`],
    };
  },
  LayerScale: (_, id) => ({ steps: [(x) => `tf.mul(${x}, ${weight(id, 'gamma')})`] }),
  Offset: (_, id) => ({ steps: [(x) => `tf.add(${x}, ${weight(id, 'bias')})`] }),
  PReLU: ({ sharedAxes }, id) => {
    const alpha = weight(id, 'alpha');
    // WebAssembly's kernel takes slopes that some axes share for others.
    const isWhole = [0, 1].every((axis) => sharedAxes.includes(axis)) || sharedAxes.length === 0;
    const below: Step = (x) => `tf.add(tf.relu(${x}), tf.mul(tf.minimum(${x}, 0), ${alpha}))`;
    return { steps: [isWhole ? (x) => `tf.prelu(${x}, ${alpha})` : below] };
  },
  LocalResponseNormalization: ({ depthRadius, bias, alpha, beta }) => ({
    steps: [
      (x) => `tf.localResponseNormalization(${x}, ${depthRadius}, ${bias}, ${alpha}, ${beta})`,
    ],
  }),
  ZeroPadding2D: (layer) => ({ steps: filling(layer) }),
  Cropping2D: ({ cropping: [[top], [left]], outputShape }) => ({
    steps: [(x) => `tf.slice(${x}, [0, ${top}, ${left}, 0], [-1, ${outputShape.join(', ')}])`],
  }),
  Resize: (layer, id) => resizing(layer, id),
  Reshape: ({ outputShape }) => ({
    steps: [(x) => `tf.reshape(${x}, [-1, ${outputShape.join(', ')}])`],
  }),
  Permute: ({ axes }) => ({
    steps: [(x) => `tf.transpose(${x}, [0, ${axes.map((axis) => axis + 1).join(', ')}])`],
  }),
  Slice: (layer) => ({ steps: slicing(layer) }),
  Activation: ({ activation }) => ({ steps: tfjsActivation(activation) }),
  Rescaling: ({ scale, offset }) => ({
    steps: [
      ...(scale === 1 ? [] : [(x: string) => `tf.mul(${x}, ${numbers(scale)})`]),
      ...(offset === 0 ? [] : [(x: string) => `tf.add(${x}, ${numbers(offset)})`]),
    ],
  }),
  Merge: ({ operation, inputShapes, outputShape }) => {
    const merged: Step = (...inputs) =>
      inputs
        .map((x, at) => widened(x, inputShapes[at] ?? [], outputShape))
        .reduce((a, b) => `${merges[operation]}(${a}, ${b})`);
    if (operation !== 'average') return { steps: [merged] };
    return { steps: [(...inputs) => `tf.div(${merged(...inputs)}, ${inputs.length})`] };
  },
  Matmul: ({ inputShapes, outputShape }) => ({
    steps: [
      (...inputs) => {
        const stacks = inputs.map((x, at) => repeated(x, inputShapes[at] ?? [], outputShape));
        return `tf.matMul(${stacks.join(', ')})`;
      },
    ],
  }),
  Concatenate: () => ({ steps: [(...inputs) => `tf.concat([${inputs.join(', ')}], -1)`] }),
  Flatten: ({ channelsFirst, inputShapes: [input = []], outputShape }) => ({
    steps: [
      (x) => {
        const isMoved = channelsFirst === true && input.length === 3;
        const map = isMoved ? `tf.transpose(${x}, [0, 3, 1, 2])` : x;
        return `tf.reshape(${map}, [-1, ${elementCount(outputShape)}])`;
      },
    ],
  }),
  // Nothing at inference.
  Dropout: () => ({ steps: [] }),
  Softmax: () => ({ steps: [(x) => `tf.softmax(${x})`] }),
  Identity: () => ({ steps: [] }),
  Unknown: ({ name, operation }) => {
    throw new NetworkError(`${name}: ${operation} is not known here`);
  },
};

function scaling(
  { scale, center }: Pick<LayerOf<'LayerNormalization'>, 'scale' | 'center'>,
  id: string,
): readonly Step[] {
  return [
    ...(scale ? [(x: string) => `tf.mul(${x}, ${weight(id, 'gamma')})`] : []),
    ...(center ? [(x: string) => `tf.add(${x}, ${weight(id, 'beta')})`] : []),
  ];
}

/** An input with as many axes as the result has: those that it lacks are before its own. */
function widened(x: string, shape: Shape, output: Shape): string {
  const missing = output.length - shape.length;
  if (missing === 0) return x;
  const ones = Array.from({ length: missing }, () => 1);
  return `tf.reshape(${x}, [-1, ${[...ones, ...shape].join(', ')}])`;
}

/** A stack of matrices with those of its axes of 1 over and over, which not every backend does itself. */
function repeated(x: string, shape: Shape, output: Shape): string {
  const counts = shape.map((size, axis) =>
    axis < shape.length - 2 ? (output[axis] ?? size) / size : 1,
  );
  return counts.every((count) => count === 1) ? x : `tf.tile(${x}, [1, ${counts.join(', ')}])`;
}

function filling(layer: LayerOf<'ZeroPadding2D'>): readonly Step[] {
  const { padding, fill = 0 } = layer;
  if (typeof fill === 'number') return padSteps(padding, fill);
  const sides = inputShapeOf(layer);
  return ([0, 1] as const)
    .filter((axis) => padding[axis].some((pad) => pad > 0))
    .map((axis) => taken(filledPlaces(layer, sides[axis] ?? 0, axis), axis));
}

function taken(places: readonly number[], axis: number): Step {
  return (x) => `tf.gather(${x}, ${numbers(places)}, ${axis + 1})`;
}

function resizing(layer: LayerOf<'Resize'>, id: string): LayerCode {
  const { size, interpolation, shares } = layer;
  if (!shares) {
    const op = interpolation === 'nearest' ? 'resizeNearestNeighbor' : 'resizeBilinear';
    return { steps: [(x) => `tf.image.${op}(${x}, [${size.join(', ')}], false, true)`] };
  }
  const [height = 0, width = 0] = inputShapeOf(layer);
  const matrices = [
    { name: `${id}/rows`, shape: [size[0], height], values: shareMatrix(shares[0], height) },
    { name: `${id}/columns`, shape: [size[1], width], values: shareMatrix(shares[1], width) },
  ];
  return {
    steps: [(x) => `resample(${x}, ${weight(id, 'rows')}, ${weight(id, 'columns')})`],
    tensors: [
      ...plainTensors(layer, id),
      ...matrices.map(({ name, shape, values }) => ({ name, shape, from: { values } })),
    ],
  };
}

function slicing(layer: LayerOf<'Slice'>): readonly Step[] {
  const { starts, steps, counts } = layer;
  const shape = inputShapeOf(layer);
  const isPlain = steps.every((step) => step === 1);
  if (isPlain) {
    return [(x) => `tf.slice(${x}, [0, ${starts.join(', ')}], [-1, ${counts.join(', ')}])`];
  }
  return counts.flatMap((count, axis) => {
    const [start = 0, step = 1] = [starts[axis], steps[axis]];
    if (start === 0 && step === 1 && count === shape[axis]) return [];
    return [
      taken(
        Array.from({ length: count }, (_, at) => start + at * step),
        axis,
      ),
    ];
  });
}
