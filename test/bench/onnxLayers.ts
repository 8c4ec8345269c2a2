import { windowAlong } from '../../src/network/layers/layerRules';
import {
  inputShapeOf,
  type Layer,
  type LayerKind,
  type LayerOf,
} from '../../src/network/layers/layer';
import { elementCount, isMapShape } from '../../src/network/tensor/shape';
import type { NetworkWeights } from '../../src/files/matching/networkWeights';
import { bytesField, float as floatField, number, packed, text } from '../support/protobuf';

/** An initializer's header and its values, written apart so that 250 MB are never copied. */
export interface Initializer {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

/** The nodes and initializers of an ONNX graph, channels first, as they are added layer by layer. */
export class OnnxLayers {
  readonly nodes: Buffer[] = [];
  readonly initializers: Initializer[] = [];
  /** What was flattened last, whose kernel's rows need another order. */
  flattened: readonly number[] = [];

  constructor(private readonly weights: NetworkWeights) {}

  add(layer: Layer): void {
    const write = writers[layer.kind] as ((onnx: OnnxLayers, layer: Layer) => void) | undefined;
    if (!write) throw new Error(`there is no way to write ${layer.name}, a ${layer.kind}`);
    write(this, layer);
  }

  values({ name }: Layer, weight: string): Float32Array {
    return this.weights.get(`${name}.${weight}`) ?? new Float32Array();
  }

  /** The initializer of a weight, in a layout of its own where one is given. */
  constant(layer: Layer, weight: string, dims: readonly number[], values?: Float32Array): string {
    const name = `${layer.name}.${weight}`;
    this.initializers.push({ name, dims, values: values ?? this.values(layer, weight) });
    return name;
  }

  node(op: string, inputs: readonly string[], output: string, ...attributes: Buffer[]): void {
    this.nodes.push(
      Buffer.concat([
        ...inputs.map((name) => text(1, name)),
        text(2, output),
        // Its name, which the profiler prints.
        text(3, output),
        text(4, op),
        ...attributes.map((attribute) => bytesField(5, attribute)),
      ]),
    );
  }

  /** A node and its layer's activation after it. */
  activated(
    op: string,
    inputs: readonly string[],
    { name, activation }: { readonly name: string; readonly activation: unknown },
    ...attributes: Buffer[]
  ): void {
    const isPlain = activation === 'linear';
    this.node(op, inputs, isPlain ? name : `${name}_sum`, ...attributes);
    if (!isPlain) this.activation(activation, `${name}_sum`, name);
  }

  activation(activation: unknown, input: string, output: string): void {
    if (activation === 'relu') this.node('Relu', [input], output);
    else if (activation === 'softmax') this.node('Softmax', [input], output);
    else if (activation === 'relu6')
      this.node('Clip', [input], output, float('min', 0), float('max', 6));
    else throw new Error(`there is no way to write the activation of ${output}`);
  }
}

type Writers = { readonly [K in LayerKind]?: (onnx: OnnxLayers, layer: LayerOf<K>) => void };

const one = (op: string) => (onnx: OnnxLayers, layer: Layer) =>
  onnx.node(op, layer.inputs, layer.name);

const writers: Writers = {
  InputLayer: () => undefined,
  Conv2D: (onnx, layer) => {
    const { filters, groups, kernel } = layer;
    const channels = (inputShapeOf(layer)[2] ?? 0) / groups;
    const oihw = toOihw(onnx.values(layer, 'kernel'), kernel[0] * kernel[1], channels, filters);
    const inputs = [
      ...layer.inputs,
      onnx.constant(layer, 'kernel', [filters, channels, ...kernel], oihw),
      ...(layer.useBias ? [onnx.constant(layer, 'bias', [filters])] : []),
    ];
    onnx.activated('Conv', inputs, layer, ...windowOf(layer, kernel), int('group', groups));
  },
  BatchNormalization: (onnx, layer) => {
    const names = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((weight) =>
      onnx.constant(layer, weight, [layer.outputShape[2] ?? 0]),
    );
    const epsilon = float('epsilon', layer.epsilon);
    onnx.node('BatchNormalization', [...layer.inputs, ...names], layer.name, epsilon);
  },
  Activation: (onnx, { activation, inputs: [input = ''], name }) =>
    onnx.activation(activation, input, name),
  MaxPooling2D: (onnx, layer) =>
    onnx.node('MaxPool', layer.inputs, layer.name, ...windowOf(layer, layer.pool)),
  ZeroPadding2D: (onnx, { padding: [[top, bottom], [left, right]], inputs, name }) =>
    onnx.node('Pad', inputs, name, ints('pads', [0, 0, top, left, 0, 0, bottom, right])),
  GlobalAveragePooling2D: (onnx, { inputs, name }) => {
    onnx.node('GlobalAveragePool', inputs, `${name}_map`);
    onnx.node('Flatten', [`${name}_map`], name);
  },
  Merge: one('Add'),
  Flatten: (onnx, layer) => {
    onnx.flattened = inputShapeOf(layer);
    onnx.node('Flatten', layer.inputs, layer.name);
  },
  Dropout: one('Identity'),
  Dense: (onnx, layer) => {
    const { units } = layer;
    const count = inputShapeOf(layer)[0] ?? 0;
    const { flattened: map } = onnx;
    const ours = onnx.values(layer, 'kernel');
    const isOfMap = isMapShape(map) && count === elementCount(map);
    const rows = isOfMap ? rowsChannelsFirst(ours, map, units) : ours;
    const kernel = onnx.constant(layer, 'kernel', [count, units], rows);
    onnx.activated('Gemm', [...layer.inputs, kernel, onnx.constant(layer, 'bias', [units])], layer);
  },
};

function windowOf(
  layer: LayerOf<'Conv2D'> | LayerOf<'MaxPooling2D'>,
  size: readonly number[],
): readonly Buffer[] {
  const [rows, columns] = ([0, 1] as const).map((axis) =>
    windowAlong(layer, inputShapeOf(layer)[axis] ?? 0, axis),
  );
  const pads = [rows?.padBefore, columns?.padBefore, rows?.padAfter, columns?.padAfter];
  return [
    ints('kernel_shape', size),
    ints('strides', layer.stride),
    ints(
      'pads',
      pads.map((pad) => pad ?? 0),
    ),
  ];
}

function toOihw(hwio: Float32Array, area: number, inputs: number, outputs: number): Float32Array {
  const oihw = new Float32Array(hwio.length);
  for (let cell = 0, i = 0; cell < area; cell++)
    for (let input = 0; input < inputs; input++)
      for (let output = 0; output < outputs; output++, i++)
        oihw[(output * inputs + input) * area + cell] = hwio[i] ?? 0;
  return oihw;
}

/** Rows in the order c, h, w instead of h, w, c. */
function rowsChannelsFirst(
  kernel: Float32Array,
  map: readonly number[],
  units: number,
): Float32Array {
  const [height = 1, width = 1, channels = 1] = map;
  const moved = new Float32Array(kernel.length);
  for (let cell = 0; cell < height * width; cell++)
    for (let channel = 0; channel < channels; channel++) {
      const from = (cell * channels + channel) * units;
      moved.set(kernel.subarray(from, from + units), (channel * height * width + cell) * units);
    }
  return moved;
}

function ints(name: string, values: readonly number[]): Buffer {
  return Buffer.concat([text(1, name), packed(8, values), number(20, 7)]);
}

function float(name: string, value: number): Buffer {
  return Buffer.concat([text(1, name), floatField(2, value), number(20, 1)]);
}

function int(name: string, value: number): Buffer {
  return Buffer.concat([text(1, name), number(3, value), number(20, 2)]);
}
