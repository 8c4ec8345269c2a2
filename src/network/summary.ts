import type { LayerKind, WeightSpec } from './layer';
import { macs } from './macs';
import type { Network } from './network';
import type { ReceptiveField } from './receptiveField';
import { receptiveFields } from './receptiveField';
import type { Shape } from './shape';
import { elementCount } from './shape';

export const bytesPerFloat32 = 4;

export interface LayerSummary {
  readonly name: string;
  readonly kind: LayerKind;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly parameters: number;
  readonly trainableParameters: number;
  readonly macs: number;
  readonly activationBytes: number;
  readonly receptiveField: ReceptiveField;
}

export interface Totals {
  readonly parameters: number;
  readonly trainableParameters: number;
  readonly macs: number;
  readonly activationBytes: number;
}

/** Every layer's shapes, parameters, multiply-adds, float32 bytes and receptive field, and their sums. */
export interface NetworkSummary {
  readonly layers: readonly LayerSummary[];
  readonly totals: Totals;
}

export function summarize(network: Network): NetworkSummary {
  const fields = receptiveFields(network);
  const layers = network.layers.map((layer): LayerSummary => ({
    name: layer.name,
    kind: layer.kind,
    inputShape: layer.inputShape,
    outputShape: layer.outputShape,
    parameters: countParameters(layer.weights),
    trainableParameters: countParameters(layer.weights.filter((weight) => weight.trainable)),
    macs: macs(layer),
    activationBytes: elementCount(layer.outputShape) * bytesPerFloat32,
    receptiveField: fields.get(layer.name) ?? { size: 1, stride: 1, start: 0 },
  }));
  const sum = (pick: (layer: LayerSummary) => number): number =>
    layers.reduce((total, layer) => total + pick(layer), 0);
  return {
    layers,
    totals: {
      parameters: sum((layer) => layer.parameters),
      trainableParameters: sum((layer) => layer.trainableParameters),
      macs: sum((layer) => layer.macs),
      activationBytes: sum((layer) => layer.activationBytes),
    },
  };
}

function countParameters(weights: readonly WeightSpec[]): number {
  return weights.reduce((total, weight) => total + elementCount(weight.shape), 0);
}
