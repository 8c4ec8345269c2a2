import * as tfl from '@tensorflow/tfjs-layers';
import type { Layer } from '../../network/layer';
import type { Network } from '../../network/network';
import type { Shape } from '../../network/shape';
import { formatShape, sameShape } from '../../network/shape';
import type { NetworkWeights } from '../../weights/networkWeights';
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

/** Builds the network by TensorFlow.js' functional API; its shapes must agree with ours, layer by layer. */
export function buildModel(network: Network, weights: NetworkWeights): BuiltModel {
  const outputs = new Map<string, tfl.SymbolicTensor>();
  const steps: Step[] = [];
  for (const layer of network.layers) {
    const tfLayers = tfLayersFor(layer, weights);
    const symbol =
      layer.kind === 'InputLayer'
        ? tfl.input({ shape: [...layer.outputShape], name: layer.name })
        : tfLayers.reduce(
            (x, tfLayer) => tfLayer.apply(x) as tfl.SymbolicTensor,
            inputOf(layer, outputs),
          );
    checkShape(layer, symbol);
    outputs.set(layer.name, symbol);
    if (layer.kind !== 'InputLayer') steps.push({ layer, tfLayers });
  }
  const graph = tfl.model({
    inputs: named(network.input, outputs),
    outputs: named(network.output, outputs),
  });
  return { network, steps, graph, dispose: () => void graph.dispose() };
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
