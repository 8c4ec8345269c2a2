import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { LayerOf } from '../../network/layers/layer';
import { inputShapeOf } from '../../network/layers/layer';
import { presetInitializer } from './presetInitializer';

type Settings = LayerOf<'Conv2D'>;
type Initializer = ReturnType<typeof presetInitializer>;
type Weight = ReturnType<tfl.layers.Layer['addWeight']>;

/** Convolution whose channels are split into towers (paper, section 3.2), which TensorFlow.js refuses: split, convolve, concatenate. */
export class GroupedConv2d extends tfl.layers.Layer {
  static readonly className = 'GroupedConv2d';
  /** One kernel a group: split once here, as WebAssembly packs each kernel tensor it meets. */
  private kernels: readonly Weight[] = [];
  private biases: readonly Weight[] = [];
  private readonly kernelShape: number[];
  private readonly initializers: readonly { kernel: Initializer; bias: Initializer }[];

  constructor(
    private readonly settings: Settings,
    kernel: Float32Array,
    bias: Float32Array,
  ) {
    super({ name: settings.name });
    const { groups, filters, kernel: size } = settings;
    const perGroup = filters / groups;
    this.kernelShape = [...size, (inputShapeOf(settings)[2] ?? 0) / groups, perGroup];
    this.initializers = Array.from({ length: groups }, (_, group) => ({
      kernel: presetInitializer(
        columns(kernel, filters, group * perGroup, perGroup),
        this.kernelShape,
      ),
      bias: presetInitializer(bias.slice(group * perGroup, (group + 1) * perGroup), [perGroup]),
    }));
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const biasShape = this.kernelShape.slice(3);
    this.kernels = this.initializers.map(({ kernel }, group) =>
      this.addWeight(`kernel${group}`, this.kernelShape, 'float32', kernel),
    );
    this.biases = this.initializers.map(({ bias }, group) =>
      this.addWeight(`bias${group}`, biasShape, 'float32', bias),
    );
    super.build(inputShape);
  }

  override computeOutputShape(): tfl.Shape {
    return [null, ...this.settings.outputShape];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
    const { groups, stride, padding, activation } = this.settings;
    const towers = tf.split(x, groups, 3).map((part, group) =>
      tf.fused.conv2d({
        x: part as tf.Tensor4D,
        filter: this.kernels[group]?.read() as tf.Tensor4D,
        strides: [...stride],
        pad: padding === 'same' ? 'same' : 'valid',
        ...(this.biases[group] ? { bias: this.biases[group].read() } : {}),
        activation: activation === 'relu' ? 'relu' : 'linear',
      }),
    );
    return tf.concat(towers, 3);
  }
}

/** Columns from `first` of a row-major matrix `width` wide. */
function columns(values: Float32Array, width: number, first: number, count: number): Float32Array {
  const rows = values.length / width;
  const taken = new Float32Array(rows * count);
  for (let row = 0; row < rows; row++) {
    taken.set(values.subarray(row * width + first, row * width + first + count), row * count);
  }
  return taken;
}
