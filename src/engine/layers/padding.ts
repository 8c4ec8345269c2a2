import * as tf from '@tensorflow/tfjs-core';
import type { LayerOf } from '../../network/layers/layer';
import { inputShapeOf } from '../../network/layers/layer';
import { windowAlong } from '../../network/layers/layerRules';
import { filledPlaces } from '../../network/layers/zeroPadding2d';
import type { Axis, Pads, Pair } from '../../network/tensor/window';
import type { LayerRunner } from './layerRunner';
import { mapTensor } from './layerRunner';

type Windowed = LayerOf<'Conv2D' | 'MaxPooling2D' | 'AveragePooling2D'>;

/** Zeros around a map, or what stands in their place. */
export const zeroPadding2d: LayerRunner<'ZeroPadding2D'> = {
  run(layer, inputs) {
    const { padding, fill = 0 } = layer;
    const x = mapTensor(inputs);
    if (typeof fill === 'number') {
      const padded = padMap(x, padding, fill);
      // What a layer gives is its own, also where nothing is added.
      return padded === x ? tf.clone(x) : padded;
    }
    const along = (axis: Axis): tf.Tensor1D =>
      tf.tensor1d([...filledPlaces(layer, x.shape[axis + 1] ?? 0, axis)], 'int32');
    return tf.gather(tf.gather(x, along(0), 1), along(1), 2);
  },
};

/** A map without its outermost rows and columns. */
export const cropping2d: LayerRunner<'Cropping2D'> = {
  run: ({ cropping }, inputs) => cropMap(mapTensor(inputs), cropping),
};

/** Cuts rows and columns off. */
export function cropMap(x: tf.Tensor4D, [[top, bottom], [left, right]]: Pads): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const size: [number, number, number, number] = [
    batch,
    height - top - bottom,
    width - left - right,
    channels,
  ];
  return tf.slice4d(x, [0, top, left, 0], size);
}

/** The elements that a layer's window needs around its input, also where 'same' or rounding up asks for them. */
export function windowPads(layer: Windowed): Pads {
  const along = (axis: Axis): readonly [number, number] => {
    const window = windowAlong(layer, inputShapeOf(layer)[axis] ?? 0, axis);
    return [window?.padBefore ?? 0, window?.padAfter ?? 0];
  };
  return [along(0), along(1)];
}

/**
 * Pads by hand, before an op with 'valid': the native backend takes no numbers as padding and pools none.
 * The value is 0 before sums, -Infinity before a maximum.
 */
export function padMap(x: tf.Tensor4D, [rows, columns]: Pads, value: number): tf.Tensor4D {
  if ([...rows, ...columns].every((pad) => pad === 0)) return x;
  return tf.pad4d(x, [[0, 0], [...rows], [...columns], [0, 0]], value);
}

/** Every nth row and column of a map, the first of each included; has a gradient, as a strided slice has not. */
export function everyNth(x: tf.Tensor4D, stride: Pair): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const [down, across] = stride;
  const rows = Math.ceil(height / down);
  const columns = Math.ceil(width / across);
  const whole = padMap(
    x,
    [
      [0, rows * down - height],
      [0, columns * across - width],
    ],
    0,
  );
  const rowsKept = tf.slice(
    tf.reshape(whole, [batch * rows, down, columns * across * channels]),
    [0, 0, 0],
    [batch * rows, 1, columns * across * channels],
  );
  const kept = tf.slice(
    tf.reshape(rowsKept, [batch * rows * columns, across, channels]),
    [0, 0, 0],
    [batch * rows * columns, 1, channels],
  );
  return tf.reshape(kept, [batch, rows, columns, channels]);
}
