import { formatShape } from '../../network/shape';
import type { LayerSummary } from '../../network/summary';
import { formatCount } from '../draw/numberFormat';

/** A block's accessible name: `conv1, Conv2D, output 56 × 56 × 96, 34,944 parameters`. */
export function layerLabel({ name, kind, outputShape, parameters }: LayerSummary): string {
  return `${name}, ${kind}, output ${formatShape(outputShape)}, ${formatCount(parameters)} parameters`;
}
