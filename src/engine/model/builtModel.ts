import * as tfl from '@tensorflow/tfjs-layers';
import type { Layer } from '../../network/layers/layer';
import type { Network } from '../../network/network';
import type { Shape } from '../../network/tensor/shape';
import { elementCount, formatShape, sameShape } from '../../network/tensor/shape';
import type { NetworkWeights } from '../../files/networkWeights';
import { collectGarbage } from '../collectGarbage';
import { EngineError } from '../engineError';
import { tfLayersFor } from './layerFactory';

/** One layer of the network and the TensorFlow.js layers that do its work. */
export interface Step {
  readonly layer: Layer;
  readonly tfLayers: readonly tfl.layers.Layer[];
}

/** A network as a TensorFlow.js model that holds its weights until it is disposed. */
export interface BuiltModel {
  readonly network: Network;
  readonly steps: readonly Step[];
  /** The whole graph as tf.model sees it: one call from picture to output. */
  readonly graph: tfl.LayersModel;
  dispose(): void;
}

/**
 * Builds the network by TensorFlow.js' functional API; its shapes must agree with ours, layer by layer.
 * Each layer's weights are asked for as it is built, and let go before the next. What was built is disposed if one fails.
 */
export async function buildModel(
  network: Network,
  weightsOf: (layer: Layer) => NetworkWeights | Promise<NetworkWeights>,
): Promise<BuiltModel> {
  const outputs = new Map<string, tfl.SymbolicTensor>();
  const steps: Step[] = [];
  const addLayer = async (layer: Layer): Promise<void> => {
    const tfLayers = tfLayersFor(layer, await weightsOf(layer));
    if (layer.kind !== 'InputLayer') steps.push({ layer, tfLayers });
    const symbol = symbolOf(layer, tfLayers, outputs);
    checkShape(layer, symbol);
    outputs.set(layer.name, symbol);
  };
  try {
    for (const layer of network.layers) {
      // A function of its own: what holds the weights must be gone before they are collected.
      await addLayer(layer);
      collectGarbage(bytesOf(layer));
    }
  } catch (error) {
    for (const { tfLayers } of steps) tfLayers.forEach(disposeLayer);
    throw error;
  }
  const graph = tfl.model({
    inputs: named(network.inputs[0] ?? '', outputs),
    outputs: named(network.outputs[0] ?? '', outputs),
  });
  return { network, steps, graph, dispose: () => void graph.dispose() };
}

function symbolOf(
  layer: Layer,
  tfLayers: Step['tfLayers'],
  outputs: ReadonlyMap<string, tfl.SymbolicTensor>,
): tfl.SymbolicTensor {
  if (layer.kind === 'InputLayer') {
    return tfl.input({ shape: [...layer.outputShape], name: layer.name });
  }
  return tfLayers.reduce(
    (x, tfLayer) => tfLayer.apply(x) as tfl.SymbolicTensor,
    inputOf(layer, outputs),
  );
}

/** Of a layer that may have failed half way: its own dispose refuses one that was not built to the end. */
function disposeLayer(tfLayer: tfl.layers.Layer): void {
  for (const weight of tfLayer.weights) weight.dispose();
}

function bytesOf(layer: Layer): number {
  return layer.weights.reduce((sum, { shape }) => sum + 4 * elementCount(shape), 0);
}

/** The one value that a layer takes; layers that merge several are not part of any variant. */
export function inputOf<T>(layer: Layer, outputs: ReadonlyMap<string, T>): T {
  const [source = ''] = layer.inputs;
  return named(source, outputs);
}

function named<T>(name: string, outputs: ReadonlyMap<string, T>): T {
  const value = outputs.get(name);
  if (value === undefined) throw new EngineError(`${name} has not run yet`);
  return value;
}

function checkShape(layer: Layer, symbol: tfl.SymbolicTensor): void {
  const shape: Shape = symbol.shape.slice(1).map((size) => size ?? -1);
  if (sameShape(shape, layer.outputShape)) return;
  throw new EngineError(
    `${layer.name}: TensorFlow.js makes ${formatShape(shape)} where ${formatShape(layer.outputShape)} is expected`,
  );
}
