import { inputShapeOf } from './layers/layer';
import type { LayerKind, WeightSpec } from './layers/layer';
import { kindTitle, macs } from './layers/layerRules';
import type { Network } from './network';
import type { ReceptiveField } from './receptiveField';
import { receptiveFields } from './receptiveField';
import type { Shape } from './tensor/shape';
import { elementCount } from './tensor/shape';

export const bytesPerFloat32 = 4;

export interface LayerSummary {
  readonly name: string;
  readonly kind: LayerKind;
  /** What a person calls the kind: an addition is a Merge, and called Add. */
  readonly title: string;
  /** Names of the layers that it is applied to. */
  readonly inputs: readonly string[];
  /** Of the first of several inputs. */
  readonly inputShape: Shape;
  readonly inputShapes: readonly Shape[];
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

const onePixel = { size: 1, stride: 1, start: 0 };
const wholePixel: ReceptiveField = { rows: onePixel, columns: onePixel };

export function summarize(network: Network): NetworkSummary {
  const fields = receptiveFields(network);
  const layers = network.layers.map((layer): LayerSummary => ({
    name: layer.name,
    kind: layer.kind,
    title: kindTitle(layer),
    inputs: layer.inputs,
    inputShape: inputShapeOf(layer),
    inputShapes: layer.inputShapes,
    outputShape: layer.outputShape,
    parameters: countParameters(layer.weights),
    trainableParameters: countParameters(layer.weights.filter((weight) => weight.trainable)),
    macs: macs(layer),
    activationBytes: elementCount(layer.outputShape) * bytesPerFloat32,
    receptiveField: fields.get(layer.name) ?? wholePixel,
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

/** What is told of a layer outside the product: the API's LayerSummary, and a row of the exported table. */
export function publicSummary({ layers, totals }: NetworkSummary) {
  const rows = layers.map(({ title, inputs, inputShapes, receptiveField, ...layer }) => ({
    ...layer,
    kind: title,
    ...(inputs.length > 1 && { inputs, inputShapes }),
    receptiveField: flatField(receptiveField),
  }));
  return { layers: rows, totals };
}

/** Of a square field one axis says all. */
function flatField({ rows, columns }: ReceptiveField) {
  const isSquare =
    rows.size === columns.size && rows.stride === columns.stride && rows.start === columns.start;
  return isSquare ? rows : { ...rows, columns };
}

function countParameters(weights: readonly WeightSpec[]): number {
  return weights.reduce((total, weight) => total + elementCount(weight.shape), 0);
}
