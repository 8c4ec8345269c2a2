import type { Layer, WeightSpec } from '../../../../network/layers/layer';
import type { MapShape, Shape } from '../../../../network/tensor/shape';
import { isMapShape } from '../../../../network/tensor/shape';
import type { StoredTensor } from '../../../../protocol/storedTensor';

/** PyTorch's names of the weights that its modules hold. */
const names: Readonly<Record<string, string>> = {
  kernel: 'weight',
  alpha: 'weight',
  gamma: 'weight',
  bias: 'bias',
  beta: 'bias',
  moving_mean: 'running_mean',
  moving_variance: 'running_var',
};

/** Weights of a module, kernels with their outputs first; `flattened` is the map that a dense layer's rows were. */
export function moduleTensors(
  layer: Layer,
  module: string,
  flattened?: MapShape,
): readonly StoredTensor[] {
  const { name, weights } = layer;
  return weights.map((spec) => ({
    name: `${module}.${names[spec.name] ?? spec.name}`,
    ...placed(name, spec, flattened),
  }));
}

function placed(
  layer: string,
  { name: weight, shape }: WeightSpec,
  flattened: MapShape | undefined,
): Omit<StoredTensor, 'name'> {
  if (weight !== 'kernel') return { shape, from: { layer, weight } };
  const [rows = 0, units = 0] = shape;
  if (flattened) {
    const from = { layer, weight, shape: [...flattened, units], axes: [3, 2, 0, 1] } as const;
    return { shape: [units, rows], from };
  }
  const axes = shape.length === 4 ? [3, 2, 0, 1] : [1, 0];
  return { shape: axes.map((axis) => shape[axis] ?? 0), from: { layer, weight, axes } };
}

/** One tensor of a layer under a name of its own, with its axes moved as PyTorch has maps. */
export function ownTensor(
  { name: layer }: Layer,
  { name: weight, shape }: WeightSpec,
  name: string,
  axes: readonly number[],
): StoredTensor {
  return { name, shape: axes.map((axis) => shape[axis] ?? 0), from: { layer, weight, axes } };
}

/** Numbers for what PyTorch's module has and the network's layer does without. */
export function filled(name: string, count: number, value: number): StoredTensor {
  return { name, shape: [count], from: { values: new Float32Array(count).fill(value) } };
}

/** The axis of a tensor's channels: maps have them first, all else last. */
export function channelAxis(shape: Shape): number {
  return isMapShape(shape) ? 1 : -1;
}

/** A map's channels as its last axis; anything else as it is. */
export function channelsLast(x: string, shape: Shape): string {
  return isMapShape(shape) ? `${x}.movedim(1, -1)` : x;
}

/** The same back. */
export function channelsFirst(x: string, shape: Shape): string {
  return isMapShape(shape) ? `${x}.movedim(-1, 1)` : x;
}

/** How a number for each channel goes with a tensor: behind it are a map's rows and columns. */
export function byChannel(shape: Shape): string {
  return isMapShape(shape) ? '.view(-1, 1, 1)' : '';
}
