import * as tf from '@tensorflow/tfjs-core';
import type { LayerOf } from '../../network/layers/layer';
import { inputShapeOf } from '../../network/layers/layer';
import { countedElements } from '../../network/layers/pooling';
import { elementCount } from '../../network/tensor/shape';
import type { Axis, Pair } from '../../network/tensor/window';
import type { LayerRunner } from './layerRunner';
import { mapTensor } from './layerRunner';
import { everyNth, padMap, windowPads } from './padding';

/** The largest value under each window. */
export const maxPooling2d: LayerRunner<'MaxPooling2D'> = {
  run(layer, inputs) {
    const input = mapTensor(inputs);
    const { pool, stride, padding } = layer;
    if (isOne(pool)) return everyNth(input, stride);
    const same = padding === 'same';
    const x = same ? input : padMap(input, windowPads(layer), -Infinity);
    return tf.maxPool(x, [...pool], [...stride], same ? 'same' : 'valid');
  },
};

/** The mean of each window; zeros of the padding count where the settings say so. */
export const averagePooling2d: LayerRunner<'AveragePooling2D'> = {
  run(layer, inputs) {
    const x = padMap(mapTensor(inputs), windowPads(layer), 0);
    const means = meanOfWindows(x, layer.pool, layer.stride);
    const factors = meanFactors(layer);
    if (factors.every((factor) => factor === 1)) return means;
    const [height = 0, width = 0] = layer.outputShape;
    return tf.mul(means, tf.tensor4d(factors, [1, height, width, 1]));
  },
};

/** The map in equal windows, the mean of each. */
export const adaptiveAveragePooling2d: LayerRunner<'AdaptiveAveragePooling2D'> = {
  run(layer, inputs) {
    const [height = 0, width = 0] = inputShapeOf(layer);
    const window: Pair = [height / layer.size[0], width / layer.size[1]];
    return meanOfWindows(mapTensor(inputs), window, window);
  },
};

/** The mean of each whole map (Lin, Chen and Yan 2013, section 3.2). */
export const globalAveragePooling2d: LayerRunner<'GlobalAveragePooling2D'> = {
  run(layer, inputs) {
    const [height = 0, width = 0] = inputShapeOf(layer);
    const means = meanOfWindows(mapTensor(inputs), [height, width], [1, 1]);
    return tf.reshape(means, [-1, ...layer.outputShape]);
  },
};

/** The largest value of each whole map. */
export const globalMaxPooling2d: LayerRunner<'GlobalMaxPooling2D'> = {
  run: ({ outputShape }, inputs) =>
    tf.reshape(tf.max(mapTensor(inputs), [1, 2]), [-1, ...outputShape]),
};

/** Windows of one element are no pooling to WebAssembly's kernels. */
function meanOfWindows(x: tf.Tensor4D, window: Pair, stride: Pair): tf.Tensor4D {
  return isOne(window) ? everyNth(x, stride) : tf.avgPool(x, [...window], [...stride], 'valid');
}

function isOne(window: Pair): boolean {
  return window.every((size) => size === 1);
}

/** For each cell: a window's elements over those that count, as all were divided by their whole number. */
function meanFactors(layer: LayerOf<'AveragePooling2D'>): Float32Array {
  const counted = (axis: Axis): readonly number[] =>
    Array.from({ length: layer.outputShape[axis] ?? 0 }, (_, cell) =>
      countedElements(layer, axis, cell),
    );
  const columns = counted(1);
  const factors = counted(0).flatMap((down) =>
    columns.map((across) => elementCount(layer.pool) / (down * across)),
  );
  return Float32Array.from(factors);
}
