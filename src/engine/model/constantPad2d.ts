import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

interface Pads {
  readonly before: number;
  readonly after: number;
}

interface PadSettings {
  readonly height: Pads;
  readonly width: Pads;
  /** 0 before a convolution, -Infinity before max pooling. */
  readonly value: number;
}

/** Pads the maps by hand: the native backend takes no numbers as padding and pools none. */
export class ConstantPad2d extends tfl.layers.Layer {
  static readonly className = 'ConstantPad2d';

  constructor(
    private readonly settings: PadSettings,
    name: string,
  ) {
    super({ name });
  }

  override computeOutputShape(inputShape: tfl.Shape): tfl.Shape {
    const [batch = null, height, width, channels = null] = inputShape;
    const { height: rows, width: columns } = this.settings;
    return [
      batch,
      (height ?? 0) + rows.before + rows.after,
      (width ?? 0) + columns.before + columns.after,
      channels,
    ];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
    const { height, width, value } = this.settings;
    return tf.pad4d(
      x,
      [
        [0, 0],
        [height.before, height.after],
        [width.before, width.after],
        [0, 0],
      ],
      value,
    );
  }
}
