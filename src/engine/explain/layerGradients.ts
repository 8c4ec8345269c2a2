import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { inputShapeOf, type LayerKind, type LayerOf } from '../../network/layers/layer';
import type { Activation } from '../../network/layers/activations';
import { remainingPart } from '../layers/activations';
import type { WeightTensors } from '../layers/layerRunner';
import type { Step } from '../model/step';
import { convolutionGradient } from './convolutionGradient';
import { linearStep } from './linearStep';

/** A layer's gradients to its inputs, in their order; a tidy frees what is between. */
type InputGradients<K extends LayerKind> = (
  layer: LayerOf<K>,
  dy: tf.Tensor,
  weights: WeightTensors,
) => readonly tf.Tensor[];

/** Those that follow from the gradient alone, and need no second pass through the layer. */
const known: { readonly [K in LayerKind]?: InputGradients<K> } = {
  Conv2D: (layer, dy, weights) => [convolutionGradient(layer, dy as tf.Tensor4D, weights)],
  Dense: (layer, dy, weights) => {
    // Of two ways around, the one that turns the small matrix about and not the kernel: several times faster.
    const [kernel] = weights('kernel') as [tf.Tensor2D];
    const lists = tf.reshape<tf.Rank.R2>(dy, [-1, layer.units]);
    const each = tf.transpose(tf.matMul(kernel, tf.transpose(lists)));
    return [tf.reshape(each, [-1, ...inputShapeOf(layer)])];
  },
  BatchNormalization: ({ epsilon, scale }, dy, weights) => {
    const variance = weights('moving_variance')[0] as tf.Tensor;
    const inverse = tf.rsqrt(tf.add(variance, epsilon));
    return [tf.mul(dy, scale ? tf.mul(weights('gamma')[0] as tf.Tensor, inverse) : inverse)];
  },
  Activation: (_, dy) => [tf.clone(dy)],
  Rescaling: ({ scale }, dy) => [tf.mul(dy, typeof scale === 'number' ? scale : [...scale])],
  Flatten: (layer, dy) => [unflattened(layer, dy)],
  Reshape: (layer, dy) => [tf.reshape(dy, [-1, ...inputShapeOf(layer)])],
  Identity: (_, dy) => [tf.clone(dy)],
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
  if (!gradients || (layer.kind === 'Activation' && !isPassed(layer.activation)))
    return tf.grads((...given: tf.Tensor[]) => run(given))([...inputs], dy);
  return gradients(layer, toSums(step, { inputs, dy }, softmax && !isTarget), weights);
}

function unflattened(layer: LayerOf<'Flatten'>, dy: tf.Tensor): tf.Tensor {
  const [height = 1, width = 1, channels] = inputShapeOf(layer);
  if (!layer.channelsFirst || channels === undefined)
    return tf.reshape(dy, [-1, ...inputShapeOf(layer)]);
  return tf.transpose(tf.reshape(dy, [-1, channels, height, width]), [0, 2, 3, 1]);
}

/** The gradient to what an activation was given, or a softmax. */
function toSums(
  step: Step,
  { inputs, dy }: { readonly inputs: readonly tf.Tensor[]; readonly dy: tf.Tensor },
  isSoftmax: boolean,
): tf.Tensor {
  const { layer, run } = step;
  if (isSoftmax) return tf.grad((x) => tf.softmax(x))(run([...inputs]), dy);
  if ((layer.kind !== 'Conv2D' && layer.kind !== 'Dense') || isPassed(layer.activation)) return dy;
  const activate = (x: tf.Tensor): tf.Tensor => remainingPart(x, layer.activation);
  return tf.grad(activate)(linearStep(step).run(inputs), dy);
}

/** Whether a layer ends in a ReLU, fused into it or its own. */
export function endsInRelu({ layer }: Step): boolean {
  return 'activation' in layer && layer.activation === 'relu';
}

/** Whether an activation is none, or one that who calls has gone through. */
export function isPassed(activation: Activation): boolean {
  return activation === 'linear' || activation === 'relu' || activation === 'softmax';
}
