import { inputShapeOf, type Layer } from '../../../../network/layers/layer';
import { isMapShape, type MapShape } from '../../../../network/tensor/shape';
import type { DataFlow } from '../dataFlow';

/** Layers of single values, across which their order does not matter. */
const passing: ReadonlySet<Layer['kind']> = new Set(['Dropout', 'Identity', 'Activation']);

/**
 * Maps that may be flattened channel by channel, as PyTorch does, because only dense layers see the list: their rows are
 * put in that order. By the names of the flattening layers and of these dense layers.
 */
export function flattenedMaps(
  { layers, shared }: DataFlow,
  outputs: readonly string[],
): ReadonlyMap<string, MapShape> {
  const maps = new Map<string, MapShape>();
  for (const layer of layers) {
    const shape = inputShapeOf(layer);
    if (layer.kind !== 'Flatten' || layer.channelsFirst || !isMapShape(shape)) continue;
    const readers = denseReaders(layer, layers, outputs);
    const isFree = readers?.every(
      ({ name, weightsOf }) => weightsOf === undefined && !shared.has(name),
    );
    if (isFree) for (const { name } of [layer, ...(readers ?? [])]) maps.set(name, shape);
  }
  return maps;
}

/** The dense layers that see a layer's values; undefined where anything else does. */
function denseReaders(
  layer: Layer,
  layers: readonly Layer[],
  outputs: readonly string[],
): readonly Layer[] | undefined {
  const found: Layer[] = [];
  const open = [layer];
  for (let each = open.pop(); each; each = open.pop()) {
    const { name } = each;
    if (outputs.includes(name)) return undefined;
    for (const reader of layers.filter(({ inputs }) => inputs.includes(name))) {
      if (reader.kind === 'Dense') found.push(reader);
      else if (passing.has(reader.kind)) open.push(reader);
      else return undefined;
    }
  }
  return found;
}
