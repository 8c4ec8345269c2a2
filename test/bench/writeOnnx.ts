import { open } from 'node:fs/promises';
import { inputShapeOf, type Layer } from '../../src/network/layers/layer';
import type { Network } from '../../src/network/network';
import { elementCount, isMapShape } from '../../src/network/tensor/shape';
import { windowAlong } from '../../src/network/layers/layerRules';
import type { NetworkWeights } from '../../src/files/matching/networkWeights';
import {
  bytesField,
  float as floatField,
  message,
  number,
  packed,
  text,
} from '../support/protobuf';

const irVersion = 8;
const opset = 17;
const floatType = 1;

/** An initializer's header and its values, written apart so that 250 MB are never copied. */
interface Initializer {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

interface Graph {
  readonly nodes: Buffer[];
  readonly initializers: Initializer[];
}

/** Writes the default network as ONNX, channels first, for the runtimes that the bench compares with. */
export async function writeOnnx(
  path: string,
  network: Network,
  weights: NetworkWeights,
): Promise<void> {
  const graph: Graph = { nodes: [], initializers: [] };
  let last = 'input';
  let map: readonly number[] = [];
  for (const layer of network.layers) {
    if (layer.kind === 'InputLayer') continue;
    if (layer.kind === 'Flatten') map = inputShapeOf(layer);
    addLayer(graph, layer, last, map, weights);
    last = layer.name;
  }
  await writeModel(path, graph, last, network);
}

function addLayer(
  graph: Graph,
  layer: Layer,
  input: string,
  map: readonly number[],
  weights: NetworkWeights,
): void {
  const { name } = layer;
  const values = (weight: string): Float32Array =>
    weights.get(`${name}.${weight}`) ?? new Float32Array();
  const constant = (suffix: string, dims: readonly number[], data: Float32Array): string => {
    graph.initializers.push({ name: `${name}.${suffix}`, dims, values: data });
    return `${name}.${suffix}`;
  };
  const add = (op: string, inputs: string[], output: string, attributes: Buffer[] = []): void => {
    graph.nodes.push(node(op, inputs, output, attributes));
  };
  switch (layer.kind) {
    case 'Conv2D': {
      const { filters } = layer;
      const [height, width] = layer.kernel;
      const channels = inputShapeOf(layer)[2] ?? 0;
      const kernel = constant(
        'kernel',
        [filters, channels, height, width],
        toOihw(values('kernel'), height * width, channels, filters),
      );
      const bias = constant('bias', [filters], values('bias'));
      const [rows, columns] = ([0, 1] as const).map((axis) =>
        windowAlong(layer, inputShapeOf(layer)[axis] ?? 0, axis),
      );
      const pads = [rows?.padBefore, columns?.padBefore, rows?.padAfter, columns?.padAfter];
      add('Conv', [input, kernel, bias], `${name}_sum`, [
        ints('kernel_shape', layer.kernel),
        ints('strides', layer.stride),
        ints(
          'pads',
          pads.map((pad) => pad ?? 0),
        ),
      ]);
      add('Relu', [`${name}_sum`], name);
      return;
    }
    case 'BatchNormalization': {
      const n = layer.outputShape[2] ?? 0;
      const names = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((w) =>
        constant(w, [n], values(w)),
      );
      add('BatchNormalization', [input, ...names], name, [float('epsilon', layer.epsilon)]);
      return;
    }
    case 'MaxPooling2D':
      add('MaxPool', [input], name, [
        ints('kernel_shape', layer.pool),
        ints('strides', layer.stride),
      ]);
      return;
    case 'Flatten':
      add('Flatten', [input], name);
      return;
    case 'Dropout':
      add('Identity', [input], name);
      return;
    case 'Dense': {
      const { units } = layer;
      const inputs = inputShapeOf(layer)[0] ?? 0;
      const ours = values('kernel');
      const rows =
        isMapShape(map) && inputs === elementCount(map)
          ? rowsChannelsFirst(ours, map, units)
          : ours;
      const kernel = constant('kernel', [inputs, units], rows);
      const bias = constant('bias', [units], values('bias'));
      add('Gemm', [input, kernel, bias], `${name}_sum`);
      add(layer.activation === 'softmax' ? 'Softmax' : 'Relu', [`${name}_sum`], name);
      return;
    }
    default:
      throw new Error(`${layer.kind} is not part of the default network`);
  }
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

function node(
  op: string,
  inputs: readonly string[],
  output: string,
  attributes: readonly Buffer[],
): Buffer {
  return Buffer.concat([
    ...inputs.map((name) => text(1, name)),
    text(2, output),
    // Its name, which the profiler prints.
    text(3, output),
    text(4, op),
    ...attributes.map((attribute) => bytesField(5, attribute)),
  ]);
}

function ints(name: string, values: readonly number[]): Buffer {
  return Buffer.concat([text(1, name), packed(8, values), number(20, 7)]);
}

function float(name: string, value: number): Buffer {
  return Buffer.concat([text(1, name), floatField(2, value), number(20, 1)]);
}

function valueInfo(name: string, dims: readonly number[]): Buffer {
  const shape = Buffer.concat(dims.map((dim) => bytesField(1, number(1, dim))));
  return Buffer.concat([
    text(1, name),
    message(2, message(1, number(1, floatType), bytesField(2, shape))),
  ]);
}

async function writeModel(
  path: string,
  { nodes, initializers }: Graph,
  output: string,
  network: Network,
): Promise<void> {
  const classes = network.layers.at(-1)?.outputShape[0] ?? 0;
  const [height = 0, width = 0, channels = 0] = network.layers[0]?.outputShape ?? [];
  const before = [...nodes.map((each) => bytesField(1, each)), text(2, 'alexnet')];
  const tensors = initializers.map(({ name, dims, values }) => {
    const raw = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    const head = Buffer.concat([packed(1, dims), number(2, floatType), text(8, name)]);
    return { head, raw, rawKey: bytesField(9, raw, true) };
  });
  const parts = tensors.flatMap(({ head, raw, rawKey }) => [
    bytesField(5, head, true, rawKey.length + raw.length),
    head,
    rawKey,
    raw,
  ]);
  const after = [
    bytesField(11, valueInfo('input', [1, channels, height, width])),
    bytesField(12, valueInfo(output, [1, classes])),
  ];
  const graph = [...before, ...parts, ...after];
  const length = graph.reduce((sum, part) => sum + part.length, 0);
  const file = await open(path, 'w');
  try {
    await file.write(
      Buffer.concat([
        number(1, irVersion),
        message(8, number(2, opset)),
        bytesField(7, Buffer.alloc(0), true, length),
      ]),
    );
    for (const part of graph) await file.writeFile(part);
  } finally {
    await file.close();
  }
}
