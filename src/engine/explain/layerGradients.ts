import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { inputShapeOf, type LayerKind, type LayerOf } from '../../network/layers/layer';
import type { WeightTensors } from '../layers/layerRunner';
import { windowPads } from '../layers/padding';
import type { Step } from '../model/step';

/** A layer's gradients to its inputs, in their order; a tidy frees what is between. */
type InputGradients<K extends LayerKind> = (
  layer: LayerOf<K>,
  dy: tf.Tensor,
  weights: WeightTensors,
) => readonly tf.Tensor[];

/** Those that follow from the gradient alone, and need no second pass through the layer. */
const known: { readonly [K in LayerKind]?: InputGradients<K> } = {
  Conv2D: (layer, dy, weights) => [
    convolutionGradient(layer, dy as tf.Tensor4D, weights('kernel') as tf.Tensor4D[]),
  ],
  Dense: (_, dy, weights) => [tf.matMul(dy, weights('kernel')[0] as tf.Tensor2D, false, true)],
  BatchNormalization: ({ epsilon }, dy, weights) => {
    const [scale, variance] = [weights('gamma')[0], weights('moving_variance')[0]];
    const deviation = tf.sqrt(tf.add(variance as tf.Tensor, epsilon));
    return [tf.mul(dy, tf.div(scale as tf.Tensor, deviation))];
  },
  Rescaling: ({ scale }, dy) => [tf.mul(dy, scale)],
  Flatten: (layer, dy) => [tf.reshape(dy, [-1, ...inputShapeOf(layer)])],
  Dropout: (_, dy) => [tf.clone(dy)],
  Softmax: (_, dy) => [tf.clone(dy)],
};

/**
 * A layer's gradients to its inputs, but for a ReLU of its own, which who calls has gone through. `isTarget`: its softmax
 * is left out.
 */
export function inputGradients(
  step: Step,
  { inputs, dy }: { readonly inputs: readonly tf.Tensor[]; readonly dy: tf.Tensor },
  isTarget: boolean,
): readonly tf.Tensor[] {
  const { layer, softmax, run, weights } = step;
  const gradients = known[layer.kind] as InputGradients<LayerKind> | undefined;
  const isWhole = softmax && !isTarget;
  if (gradients && !isWhole && isLinear(step)) return gradients(layer, dy, weights);
  const forward = (...given: tf.Tensor[]): tf.Tensor =>
    isWhole ? tf.softmax(run(given)) : run(given);
  return tf.grads(forward)([...inputs], dy);
}

/** Whether a layer ends in a ReLU, fused into it or its own. */
export function endsInRelu({ layer }: Step): boolean {
  return 'activation' in layer && layer.activation === 'relu';
}

/** Whether a layer is linear but for its ReLU or softmax, and of a form that is known here. */
function isLinear({ layer }: Step): boolean {
  if ('activation' in layer && !['linear', 'relu', 'softmax'].includes(layer.activation))
    return false;
  if (layer.kind !== 'Conv2D') return true;
  const isDepthwise = layer.groups > 1 && layer.groups === inputShapeOf(layer)[2];
  return !isDepthwise && layer.dilation.every((step) => step === 1);
}

/** A convolution's gradient to its input, of each tower by its own kernel [h, w, in, out]. */
export function convolutionGradient(
  layer: LayerOf<'Conv2D'>,
  dy: tf.Tensor4D,
  kernels: readonly tf.Tensor4D[],
): tf.Tensor4D {
  const [height = 0, width = 0, channels = 0] = inputShapeOf(layer);
  const [[top, bottom], [left, right]] = windowPads(layer);
  const { stride, kernel, groups } = layer;
  const before = [top, left];
  // By 'same' nothing of the padding is computed that is cut away again.
  const isSame = [top, bottom, left, right].every((pad, at) => {
    const size = kernel[at < 2 ? 0 : 1];
    return size % 2 === 1 && pad === (size - 1) / 2 && stride[at < 2 ? 0 : 1] === 1;
  });
  const size: [number, number] = isSame
    ? [height, width]
    : [top + height + bottom, left + width + right];
  const shape: [number, number, number, number] = [dy.shape[0], ...size, channels / groups];
  const parts = groups === 1 ? [dy] : tf.split<tf.Tensor4D>(dy, groups, 3);
  const gradients = parts.map((part, tower) =>
    tf.conv2dTranspose(
      part,
      kernels[tower] as tf.Tensor4D,
      shape,
      [...stride],
      isSame ? 'same' : 'valid',
    ),
  );
  const whole = groups === 1 ? (gradients[0] as tf.Tensor4D) : tf.concat4d(gradients, 3);
  if (isSame || (before.every((pad) => pad === 0) && bottom === 0 && right === 0)) return whole;
  return tf.slice4d(whole, [0, top, left, 0], [-1, height, width, -1]);
}
