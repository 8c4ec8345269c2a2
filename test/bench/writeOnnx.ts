import { open } from 'node:fs/promises';
import { inputName, type Network } from '../../src/network/network';
import type { NetworkWeights } from '../../src/files/matching/networkWeights';
import { bytesField, message, number, packed, text } from '../support/protobuf';
import { OnnxLayers } from './onnxLayers';

const irVersion = 8;
/** The last in which Pad and Clip have their numbers as attributes. */
const opset = 10;
const floatType = 1;

/** Writes a network as ONNX, channels first, for the runtimes that the bench compares with; it gives every layer's output, or its own. */
export async function writeOnnx(
  path: string,
  network: Network,
  weights: NetworkWeights,
  { everyLayer = false } = {},
): Promise<void> {
  const onnx = new OnnxLayers(weights);
  for (const layer of network.layers) onnx.add(layer);
  const names = network.layers.map(({ name }) => name).slice(1);
  await writeModel(path, onnx, everyLayer ? names : network.outputs, network);
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
  { nodes, initializers }: OnnxLayers,
  outputs: readonly string[],
  network: Network,
): Promise<void> {
  const shapes = new Map(network.layers.map(({ name, outputShape }) => [name, outputShape]));
  const info = (name: string): Buffer => {
    const [first = 0, ...others] = shapes.get(name) ?? [];
    const dims = others.length > 0 ? [others[1] ?? 0, first, others[0] ?? 0] : [first];
    return valueInfo(name, [1, ...dims]);
  };
  const before = [...nodes.map((each) => bytesField(1, each)), text(2, 'network')];
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
    bytesField(11, info(inputName(network))),
    ...outputs.map((name) => bytesField(12, info(name))),
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
