import type { Shape } from '../tensor/shape';
import type { Padding, Pads, Pair } from '../tensor/window';
import type { Activation, PointwiseActivation } from './activations';

/** A window over height and width. */
interface Windowed {
  readonly stride: Pair;
  readonly padding: Padding;
}

interface Pooling extends Windowed {
  readonly pool: Pair;
  /** Whether the output's size is rounded up, as in Caffe, rather than down. */
  readonly ceil: boolean;
}

/** A normalisation, and whether its values are multiplied by gamma and added to beta. */
interface ScaleAndShift {
  readonly epsilon: number;
  readonly scale: boolean;
  readonly center: boolean;
}

/** Numbers by channel. */
type PerChannel = readonly number[];

/** A cell of an axis, and by what share it goes into a cell of the result. */
export interface CellShare {
  readonly at: number;
  readonly share: number;
}

/** All that one cell of the result is made of. */
export type CellShares = readonly CellShare[];

/** How several inputs become one, value by value. */
export type MergeOperation = 'add' | 'subtract' | 'multiply' | 'average' | 'maximum' | 'minimum';

/** A layer's kind and settings, without its place in a network. Kinds have Keras' class names where Keras has one. */
export type LayerSettings =
  | { readonly kind: 'InputLayer'; readonly shape: Shape }
  | (Windowed & {
      readonly kind: 'Conv2D';
      readonly filters: number;
      readonly kernel: Pair;
      readonly dilation: Pair;
      /**
       * How many towers split the channels: each filter sees inputs / groups of them. As many groups as channels make
       * a depthwise convolution.
       */
      readonly groups: number;
      readonly useBias: boolean;
      readonly activation: Activation;
    })
  /**
   * A convolution the other way round: every value of the input is spread by the kernel. `padding` is cut from what comes out;
   * below 0 it adds zeros, before the bias.
   */
  | {
      readonly kind: 'Conv2DTranspose';
      readonly filters: number;
      readonly kernel: Pair;
      readonly stride: Pair;
      readonly padding: Pads;
      readonly useBias: boolean;
      readonly activation: Activation;
    }
  /** Of a list, or of each cell of a map. */
  | {
      readonly kind: 'Dense';
      readonly units: number;
      readonly useBias: boolean;
      readonly activation: Activation;
    }
  | (ScaleAndShift & { readonly kind: 'BatchNormalization' })
  /** By the mean and variance of a cell's own channels. */
  | (ScaleAndShift & { readonly kind: 'LayerNormalization' })
  /** By those of groups of channels over the whole map; as many groups as channels make an instance normalisation. */
  | (ScaleAndShift & { readonly kind: 'GroupNormalization'; readonly groups: number })
  /** By the length of a cell's channels as a vector. */
  | { readonly kind: 'UnitNormalization' }
  /** (x − mean) / √variance by channel, or the other way round; the file's weights where they are not given. */
  | {
      readonly kind: 'Normalization';
      readonly given?: { readonly mean: PerChannel; readonly variance: PerChannel };
      readonly invert: boolean;
    }
  /** A factor for each channel, which is learnt. */
  | { readonly kind: 'LayerScale' }
  /** A number added to each value, which is learnt; axes of these numbers, counted from 0, share one, the last never does. */
  | { readonly kind: 'Offset'; readonly sharedAxes: readonly number[] }
  /** A ReLU whose slope below 0 is learnt; axes of these numbers, counted from 0, share one. */
  | { readonly kind: 'PReLU'; readonly sharedAxes: readonly number[] }
  | {
      /** x / (bias + alpha · Σ x²)^beta over 2 · depthRadius + 1 channels; alpha is per element, as in TensorFlow. */
      readonly kind: 'LocalResponseNormalization';
      readonly depthRadius: number;
      readonly bias: number;
      readonly alpha: number;
      readonly beta: number;
    }
  | (Pooling & { readonly kind: 'MaxPooling2D' })
  | (Pooling & {
      readonly kind: 'AveragePooling2D';
      /** Whether zeros of the padding count in the mean, as in Caffe and by default in PyTorch, unlike in Keras. */
      readonly countPadding: boolean;
    })
  | { readonly kind: 'AdaptiveAveragePooling2D'; readonly size: Pair }
  | {
      readonly kind: 'GlobalAveragePooling2D';
      /** Whether the output is [1, 1, channels] rather than [channels]. */
      readonly keepDims: boolean;
    }
  | { readonly kind: 'GlobalMaxPooling2D'; readonly keepDims: boolean }
  | {
      readonly kind: 'ZeroPadding2D';
      readonly padding: Pads;
      /** What stands there in place of zeros: a number, or the map's own cells, mirrored, repeated or from its other end. */
      readonly fill?: number | 'reflect' | 'edge' | 'wrap';
    }
  | { readonly kind: 'Cropping2D'; readonly cropping: Pads }
  /** To another height and width; cells are squares, whose middles are laid over each other. */
  | {
      readonly kind: 'Resize';
      readonly size: Pair;
      readonly interpolation: 'nearest' | 'bilinear';
      /** Of each row and each column of the result, where it is done in another way. */
      readonly shares?: readonly [rows: readonly CellShares[], columns: readonly CellShares[]];
    }
  /** A part of a tensor: along each axis `counts` places from `starts` on, `steps` apart, which may be below 0. */
  | {
      readonly kind: 'Slice';
      readonly starts: readonly number[];
      readonly steps: readonly number[];
      readonly counts: readonly number[];
    }
  /** The same values in another shape, row-major; one axis may be -1. */
  | { readonly kind: 'Reshape'; readonly target: Shape }
  /** Axes in another order: `axes[i]` is the input's axis that becomes axis i. */
  | { readonly kind: 'Permute'; readonly axes: readonly number[] }
  | { readonly kind: 'Activation'; readonly activation: PointwiseActivation }
  /** x · scale + offset, as where a network takes pixels from 0 to 255 and scales them itself; one for all, or by channel. */
  | {
      readonly kind: 'Rescaling';
      readonly scale: number | PerChannel;
      readonly offset: number | PerChannel;
    }
  | { readonly kind: 'Merge'; readonly operation: MergeOperation }
  /** Stacks of matrices, the first input's times the second's. */
  | { readonly kind: 'Matmul' }
  /** Concatenates channels, in the order of the inputs. */
  | { readonly kind: 'Concatenate' }
  | {
      readonly kind: 'Flatten';
      /** Whether the list goes channel by channel, as in ONNX and PyTorch, rather than cell by cell. */
      readonly channelsFirst?: boolean;
    }
  | { readonly kind: 'Dropout'; readonly rate: number }
  /** Over a list, or over the channels of each cell. */
  | { readonly kind: 'Softmax' }
  /** Something that does nothing at inference, such as noise. */
  | { readonly kind: 'Identity'; readonly operation: string }
  /** An operation that is known by its name only. */
  | { readonly kind: 'Unknown'; readonly operation: string };

export type LayerKind = LayerSettings['kind'];

export type SettingsOf<K extends LayerKind> = Extract<LayerSettings, { readonly kind: K }>;

/** Keras' names of the weights that a layer may hold. */
export type WeightName =
  | 'kernel'
  | 'bias'
  | 'gamma'
  | 'beta'
  | 'moving_mean'
  | 'moving_variance'
  | 'alpha'
  | 'mean'
  | 'variance'
  | 'count';

/** One weight tensor of a layer: kernels are [h, w, in / groups, out], dense kernels [in, out]. */
export interface WeightSpec {
  readonly name: WeightName;
  readonly shape: Shape;
  readonly trainable: boolean;
}

/** A layer's place: `inputs` names the layers that it is applied to, in the order of `inputShapes`. */
interface Place {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly inputShapes: readonly Shape[];
  readonly outputShape: Shape;
  /** Its own; none where it uses those of another layer. */
  readonly weights: readonly WeightSpec[];
  /** The layer whose weights it uses: another call of the same one. */
  readonly weightsOf?: string;
}

/** A layer in its network. */
export type Layer = LayerSettings & Place;

export type LayerOf<K extends LayerKind> = Extract<Layer, { readonly kind: K }>;

/** Shape of a layer's (first) input; of a layer without inputs, its output's. */
export function inputShapeOf({ inputShapes, outputShape }: Layer): Shape {
  return inputShapes[0] ?? outputShape;
}
