import type { Shape } from './shape';

/** Keras' words, or a number: the same count of zeros on every side, as PyTorch and Caffe write it. */
export type Padding = 'valid' | 'same' | number;

export type Activation = 'linear' | 'relu' | 'softmax';

/** What a layer does, apart from where it stands in a network. Kinds carry Keras' class names where it has one. */
export type LayerSettings =
  | { readonly kind: 'InputLayer' }
  | {
      readonly kind: 'Conv2D';
      readonly filters: number;
      readonly kernel: number;
      readonly stride: number;
      readonly padding: Padding;
      /** How many towers split the channels; each filter sees inputs / groups of them. */
      readonly groups: number;
      readonly activation: Activation;
    }
  | { readonly kind: 'BatchNormalization'; readonly epsilon: number }
  | {
      /** x / (bias + alpha · Σ x²)^beta over 2 · depthRadius + 1 channels: alpha is per element, as TensorFlow has it. */
      readonly kind: 'LocalResponseNormalization';
      readonly depthRadius: number;
      readonly bias: number;
      readonly alpha: number;
      readonly beta: number;
    }
  | {
      readonly kind: 'MaxPooling2D';
      readonly pool: number;
      readonly stride: number;
      readonly padding: Padding;
      /** Round the output size up, as Caffe does, rather than down. */
      readonly ceil: boolean;
    }
  | { readonly kind: 'AdaptiveAveragePooling2D'; readonly size: number }
  | { readonly kind: 'Flatten' }
  | { readonly kind: 'Dense'; readonly units: number; readonly activation: Activation }
  | { readonly kind: 'Dropout'; readonly rate: number }
  | { readonly kind: 'Softmax' };

export type LayerKind = LayerSettings['kind'];

/** Keras' names of the weights a layer may hold. */
export type WeightName = 'kernel' | 'bias' | 'gamma' | 'beta' | 'moving_mean' | 'moving_variance';

/** One weight tensor of a layer: kernels are [h, w, in / groups, out], dense kernels [in, out]. */
export interface WeightSpec {
  readonly name: WeightName;
  readonly shape: Shape;
  readonly trainable: boolean;
}

/** A layer in its network; `inputs` names the layers it is applied to. */
export type Layer = LayerSettings & {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly weights: readonly WeightSpec[];
};

export type LayerOf<K extends LayerKind> = Extract<Layer, { readonly kind: K }>;
