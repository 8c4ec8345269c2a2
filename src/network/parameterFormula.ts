import type { Layer } from './layers/layer';
import { elementCount } from './tensor/shape';

/** The parameter count written out, `11·11·3·96 + 96 = 34,944`; undefined for a layer without weights. */
export function parameterFormula(layer: Layer): string | undefined {
  if (layer.weights.length === 0) return undefined;
  const total = layer.weights.reduce((sum, weight) => sum + elementCount(weight.shape), 0);
  const terms =
    layer.kind === 'BatchNormalization'
      ? [`${layer.weights.length}·${layer.weights[0]?.shape.join('·') ?? ''}`]
      : layer.weights.map((weight) => weight.shape.join('·'));
  return `${terms.join(' + ')} = ${total.toLocaleString('en-US')}`;
}
