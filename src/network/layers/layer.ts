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
  | {
      readonly kind: 'Dense';
      readonly units: number;
      readonly useBias: boolean;
      readonly activation: Activation;
    }
  | { readonly kind: 'BatchNormalization'; readonly epsilon: number }
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
  | { readonly kind: 'ZeroPadding2D'; readonly padding: Pads }
  | { readonly kind: 'Activation'; readonly activation: PointwiseActivation }
  /** x · scale + offset, as where a network takes pixels from 0 to 255 and scales them itself. */
  | { readonly kind: 'Rescaling'; readonly scale: number; readonly offset: number }
  | { readonly kind: 'Merge'; readonly operation: MergeOperation }
  /** Concatenates channels, in the order of the inputs. */
  | { readonly kind: 'Concatenate' }
  | {
      readonly kind: 'Flatten';
      /** Whether the list goes channel by channel, as in ONNX and PyTorch, rather than cell by cell. */
      readonly channelsFirst?: boolean;
    }
  | { readonly kind: 'Dropout'; readonly rate: number }
  | { readonly kind: 'Softmax' }
  /** An operation that is known by its name only. */
  | { readonly kind: 'Unknown'; readonly operation: string };

export type LayerKind = LayerSettings['kind'];

export type SettingsOf<K extends LayerKind> = Extract<LayerSettings, { readonly kind: K }>;

/** Keras' names of the weights that a layer may hold. */
export type WeightName = 'kernel' | 'bias' | 'gamma' | 'beta' | 'moving_mean' | 'moving_variance';

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
