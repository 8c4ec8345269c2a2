import type { Layer, WeightSpec } from '../../network/layers/layer';
import { inputShapeOf } from '../../network/layers/layer';
import type { Network } from '../../network/network';
import type { MapShape, Shape } from '../../network/tensor/shape';
import { elementCount, isMapShape, sameShape } from '../../network/tensor/shape';
import type { Placing } from '../tensors/layouts';
import type { FlattenedOrder, Layout, TensorPlace } from '../tensors/tensorFile';
import {
  added,
  asTheyAre,
  denseAfterChannelsFirst,
  denseRowsFromChannelsFirst,
  denseToInOut,
  kernelToHwio,
  kernelTurned,
} from '../tensors/layouts';

const layouts: readonly Layout[] = ['outputs last', 'outputs first'];

/** The shape that a weight has in a file of this layout. */
export function shapeIn(layout: Layout, { name, shape }: WeightSpec): Shape {
  if (name !== 'kernel' || layout === 'outputs last') return shape;
  const [a = 0, b = 0, c = 0, d = 0] = shape;
  return shape.length === 4 ? [d, c, a, b] : [b, a];
}

/**
 * The layouts in which a tensor of this shape can be this weight: both for a square dense kernel. A list may be stored with
 * axes of one around it.
 */
export function layoutsOf(spec: WeightSpec, shape: Shape): readonly Layout[] {
  const [count = 0] = spec.shape;
  const isList = spec.shape.length === 1 && shape.includes(count);
  if (isList && elementCount(shape) === count) return layouts;
  return layouts.filter((layout) => sameShape(shapeIn(layout, spec), shape));
}

/** Layouts of a file's convolutions and of its dense layers, and what else it says of both. */
export interface FileLayouts {
  readonly convolution: Layout;
  readonly dense: Layout;
  /** The order in which maps were flattened. */
  readonly flattened: FlattenedOrder;
  /** Kernels are turned by 180 degrees. */
  readonly turned: boolean;
}

/** The function that moves a weight's values from a file's layout to the network's; what its graph says counts first. */
export function placingFrom(
  { flattened, turned, ...ofFile }: FileLayouts,
  network: Network,
  layer: Layer,
  spec: WeightSpec,
  { layout, epsilon }: Partial<TensorPlace> = {},
): Placing {
  const { convolution, dense } = layout ? { convolution: layout, dense: layout } : ofFile;
  if (spec.name === 'moving_variance') return variancePlacing(layer, epsilon);
  if (spec.name !== 'kernel') return asTheyAre;
  if (layer.kind === 'Conv2D') {
    if (convolution === 'outputs first') return kernelToHwio(shapeIn(convolution, spec), turned);
    return turned ? kernelTurned(spec.shape) : asTheyAre;
  }
  const map = flattened === 'channels first' ? flattenedMap(network, layer) : undefined;
  const shape = shapeIn(dense, spec);
  if (dense === 'outputs last') return map ? denseRowsFromChannelsFirst(shape, map) : asTheyAre;
  return map ? denseAfterChannelsFirst(shape, map) : denseToInOut(shape);
}

/** Keeps the sum of a variance and what is added to it, which is all that counts for a result. */
function variancePlacing(layer: Layer, epsilon: number | undefined): Placing {
  if (epsilon === undefined || layer.kind !== 'BatchNormalization') return asTheyAre;
  // Files hold it as float32.
  return epsilon === Math.fround(layer.epsilon) ? asTheyAre : added(epsilon - layer.epsilon);
}

/** The map that a dense layer's inputs were flattened from, also across dropout; undefined where they were not. */
export function flattenedMap(network: Network, layer: Layer): MapShape | undefined {
  const source = network.layers.find((candidate) => candidate.name === layer.inputs[0]);
  if (source?.kind === 'Dropout') return flattenedMap(network, source);
  if (source?.kind !== 'Flatten') return undefined;
  const shape = inputShapeOf(source);
  return isMapShape(shape) ? shape : undefined;
}
