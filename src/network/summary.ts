import { formatCount } from './tensor/formatCount';
import { inputShapeOf } from './layers/layer';
import type { Layer, LayerKind, WeightSpec } from './layers/layer';
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
  /** The operation's name: a Merge that adds is called Add. */
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

/** Shapes, parameters, multiply-adds, float32 bytes of activations and receptive field of every layer, and totals. */
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

/** The summary as the API's LayerSummary and the exported JSON have it. */
export function publicSummary({ layers, totals }: NetworkSummary) {
  const rows = layers.map(({ title, inputs, inputShapes, receptiveField, ...layer }) => ({
    ...layer,
    kind: title,
    ...(inputs.length > 1 && { inputs, inputShapes }),
    receptiveField: flatField(receptiveField),
  }));
  return { layers: rows, totals };
}

/** Reduces a square field to one axis. */
function flatField({ rows, columns }: ReceptiveField) {
  const isSquare =
    rows.size === columns.size && rows.stride === columns.stride && rows.start === columns.start;
  return isSquare ? rows : { ...rows, columns };
}

function countParameters(weights: readonly WeightSpec[]): number {
  return weights.reduce((total, weight) => total + elementCount(weight.shape), 0);
}

/** The parameter count written out, `11·11·3·96 + 96 = 34,944`; undefined for a layer without weights. */
export function parameterFormula(layer: Layer): string | undefined {
  if (layer.weights.length === 0) return undefined;
  const total = layer.weights.reduce((sum, weight) => sum + elementCount(weight.shape), 0);
  const terms =
    layer.kind === 'BatchNormalization'
      ? [`${layer.weights.length}·${layer.weights[0]?.shape.join('·') ?? ''}`]
      : layer.weights.map((weight) => weight.shape.join('·'));
  return `${terms.join(' + ')} = ${formatCount(total)}`;
}
