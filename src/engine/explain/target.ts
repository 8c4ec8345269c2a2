import { layerNamed, type Network } from '../../network/network';
import { mapShape, valueIndex } from '../../network/tensor/cell';
import { elementCount, formatShape } from '../../network/tensor/shape';
import type { ExplanationTarget } from '../../protocol/explanation';
import type { StoredRun } from '../run/runStore';
import { EngineError } from '../runtime/engineError';

/** What is explained as a weighted sum of a layer's values; of a layer with a softmax, of what goes into it. */
export interface Target {
  readonly layer: string;
  /** By flat row-major index of the layer's output; all others are 0. */
  readonly weights: ReadonlyMap<number, number>;
  /** The class whose probability goes with it, where it is one. */
  readonly class?: number;
}

/** Finds a target in a network; throws an EngineError or a NetworkError where there is none. */
export function resolveTarget(network: Network, target: unknown): Target {
  if (!isTarget(target))
    throw new EngineError(
      `target must be { class }, { layer, unit: [row, column, channel] } or { layer, channel }, got ${JSON.stringify(target)}`,
    );
  if ('class' in target) return classTarget(network, target);
  const layer = layerNamed(network, target.layer);
  if (layer.inputs.length === 0)
    throw new EngineError(`${layer.name} is the picture itself: nothing there is to be explained`);
  const shape = layer.outputShape;
  if ('unit' in target) {
    const [row, column, channel] = target.unit;
    const index = valueIndex(layer.name, shape, { row, column, channel });
    return { layer: layer.name, weights: new Map([[index, 1]]) };
  }
  const [height, width, channels] = mapShape(shape);
  const { channel } = target;
  if (!Number.isSafeInteger(channel) || channel < 0 || channel >= channels)
    throw new EngineError(
      `${layer.name} has no channel ${channel}: its output is ${formatShape(shape)}`,
    );
  const cells = height * width;
  const indices = Array.from({ length: cells }, (_, cell) => cell * channels + channel);
  return { layer: layer.name, weights: new Map(indices.map((index) => [index, 1 / cells])) };
}

/** Callers outside may say anything; whether the numbers fit is seen later. */
function isTarget(target: unknown): target is ExplanationTarget {
  if (typeof target !== 'object' || target === null) return false;
  if ('class' in target) return true;
  if (!('layer' in target)) return false;
  return 'unit' in target ? Array.isArray(target.unit) : 'channel' in target;
}

function classTarget(
  network: Network,
  { class: index, minus }: { readonly class: number; readonly minus?: number },
): Target {
  const [output = ''] = network.outputs;
  const count = elementCount(layerNamed(network, output).outputShape);
  for (const each of minus === undefined ? [index] : [index, minus]) {
    if (Number.isSafeInteger(each) && each >= 0 && each < count) continue;
    throw new EngineError(`there is no class ${each}: the network tells ${count} apart`);
  }
  if (minus === undefined) return { layer: output, weights: new Map([[index, 1]]), class: index };
  if (minus === index)
    throw new EngineError(`class ${index} minus itself is 0 everywhere; choose another class`);
  return {
    layer: output,
    weights: new Map([
      [index, 1],
      [minus, -1],
    ]),
  };
}

/** The target's value among those of its layer, before its softmax. */
export function valueOf({ weights }: Target, values: Float32Array): number {
  let sum = 0;
  for (const [index, weight] of weights) sum += weight * (values[index] ?? NaN);
  return sum;
}

/** The values of the target's layer in a run, before its softmax. */
export function targetValues({ logits, activations }: StoredRun, { layer }: Target): Float32Array {
  const values = logits.get(layer) ?? activations.get(layer)?.data;
  if (values) return values;
  throw new EngineError(`${layer} did not run: one of the network's inputs is missing`);
}

/** As many values as the target's layer has: 0 but where the target looks. */
export function valuesAtTarget(
  { weights }: Target,
  count: number,
  valueAt: (weight: number, index: number) => number,
): Float32Array {
  const values = new Float32Array(count);
  for (const [index, weight] of weights) values[index] = valueAt(weight, index);
  return values;
}
