import { joinedTensors } from '../tensors/joinedTensors';
import type { Layout, TensorInFile } from '../tensors/tensorFile';

/** The tensors of one layer of a file. */
export type LayerTensors = readonly TensorInFile[];

/** The axes of a kernel's inputs and outputs. */
const axesOf: Readonly<Record<Layout, readonly [input: number, output: number]>> = {
  'outputs first': [1, 0],
  'outputs last': [2, 3],
};
const kernelAxes = 4;

/**
 * Joins convolutions that stand side by side, which is how Keras was told of groups before it had them: each of two layers
 * takes half of the channels, and what they make is put together. A file without its model tells only by their shapes.
 */
export function withoutTowers(layers: readonly LayerTensors[]): readonly LayerTensors[] {
  for (const layout of ['outputs first', 'outputs last'] as const) {
    const joined = joinedIn(layers, axesOf[layout]);
    if (joined && joined.length < layers.length) return joined;
  }
  return layers;
}

/** The layers with their towers joined; undefined where convolutions of this layout could not follow each other. */
function joinedIn(
  layers: readonly LayerTensors[],
  [input, output]: readonly [number, number],
): readonly LayerTensors[] | undefined {
  const joined: LayerTensors[] = [];
  let channels: number | undefined;
  for (let at = 0; at < layers.length; at++) {
    const layer = layers[at] ?? [];
    const kernel = kernelOf(layer);
    if (!kernel) {
      joined.push(layer);
      continue;
    }
    const [inputs = 0, outputs = 0] = [kernel.shape[input], kernel.shape[output]];
    if (layer.some(({ shape }) => shape.length === 1 && shape[0] !== outputs)) return undefined;
    const next = layers[at + 1] ?? [];
    const isPair = areAlike(layer, next) && (inputs !== outputs || channels === 2 * inputs);
    if (channels !== undefined && channels !== inputs && !(isPair && channels === 2 * inputs))
      return undefined;
    joined.push(isPair ? joinedLayer(layer, next, output) : layer);
    channels = isPair ? 2 * outputs : outputs;
    if (isPair) at++;
  }
  return joined;
}

function kernelOf(layer: LayerTensors): TensorInFile | undefined {
  return layer.find(({ shape }) => shape.length === kernelAxes);
}

function areAlike(a: LayerTensors, b: LayerTensors): boolean {
  return (
    a.length === b.length && a.every(({ shape }, i) => shape.join() === (b[i]?.shape.join() ?? ''))
  );
}

function joinedLayer(one: LayerTensors, other: LayerTensors, output: number): LayerTensors {
  const [name = '', otherName = ''] = [one[0]?.name, other[0]?.name];
  const isInOrder = name.localeCompare(otherName, 'en', { numeric: true }) <= 0;
  const [first, second] = isInOrder ? [one, other] : [other, one];
  return first.flatMap((tensor, i) => {
    const beside = second[i];
    const axis = tensor.shape.length === kernelAxes ? output : 0;
    return beside ? [joinedTensors(tensor, beside, axis)] : [];
  });
}
