import * as tf from '@tensorflow/tfjs-core';
import { activationTitle } from '../../network/layers/activations';
import type { Layer, LayerKind } from '../../network/layers/layer';
import type { ExplanationSettings } from '../../protocol/explanation';
import type { Step } from '../model/step';
import { inputGradients, isPassed } from './layerGradients';
import { linearStep } from './linearStep';

interface Relevance {
  readonly inputs: readonly tf.Tensor[];
  /** What came to the layer's values. */
  readonly signal: tf.Tensor;
  readonly rule: ExplanationSettings['lrp']['rule'];
  /** Whether its inputs are the picture's own values. */
  readonly isFirst: boolean;
}

type RelevanceRule = (step: Step, relevance: Relevance) => readonly tf.Tensor[];

/** What goes to a layer's inputs as it came: a ReLU and a normalisation across channels are passed over. */
const pass: RelevanceRule = (_, { signal }) => [tf.clone(signal)];
/** As the gradient does: of a pool all to the first maximum. */
const asGradient: RelevanceRule = (step, { inputs, signal }) =>
  inputGradients(step, { inputs, dy: signal }, false);
/** By what each input added to the sum. */
const byShare: RelevanceRule = (step, { inputs, signal }) => {
  const shares = tf.div(signal, stable(step.run(inputs)));
  const gradients = inputGradients(step, { inputs, dy: shares }, false);
  return gradients.map((gradient, at) => tf.mul(gradient, inputs[at] as tf.Tensor));
};

const rules: { readonly [K in LayerKind]: RelevanceRule } = {
  InputLayer: pass,
  Conv2D: convolution,
  Conv2DTranspose: byShare,
  Dense: (step, relevance) => byShare(linearStep(step), relevance),
  // Refused before anything runs.
  BatchNormalization: pass,
  LayerNormalization: pass,
  GroupNormalization: pass,
  UnitNormalization: pass,
  Normalization: pass,
  LayerScale: pass,
  Offset: pass,
  PReLU: pass,
  LocalResponseNormalization: pass,
  MaxPooling2D: asGradient,
  AveragePooling2D: byShare,
  AdaptiveAveragePooling2D: byShare,
  GlobalAveragePooling2D: byShare,
  GlobalMaxPooling2D: asGradient,
  ZeroPadding2D: asGradient,
  Cropping2D: asGradient,
  Resize: byShare,
  Reshape: asGradient,
  Permute: asGradient,
  Slice: asGradient,
  Activation: pass,
  Rescaling: pass,
  Merge: byShare,
  Matmul: pass,
  Concatenate: asGradient,
  Flatten: asGradient,
  Dropout: pass,
  Softmax: pass,
  Identity: pass,
  Unknown: pass,
};

/** The relevance of a layer's inputs, in their order; a tidy frees what is between. */
export function relevanceToInputs(step: Step, relevance: Relevance): readonly tf.Tensor[] {
  return rules[step.layer.kind](step, relevance);
}

const ownMoments: readonly LayerKind[] = [
  'LayerNormalization',
  'GroupNormalization',
  'UnitNormalization',
];

/** Why there is no rule for a layer, in words that go after its name. */
export function reasonAgainst(layer: Layer): string | undefined {
  if (layer.kind === 'BatchNormalization')
    return 'relevance has no agreed rule for batch normalisation';
  if (ownMoments.includes(layer.kind))
    return 'relevance has no agreed rule for normalisation by the picture’s own statistics';
  if (layer.kind === 'Merge' && !['add', 'average', 'subtract'].includes(layer.operation))
    return `relevance has no rule for layers that are combined by ${layer.operation}`;
  if (layer.kind === 'Matmul') return 'relevance has no rule for products of two layers';
  if ('activation' in layer && !isPassed(layer.activation))
    return `relevance has no rule for ${activationTitle(layer.activation)}`;
  return undefined;
}

/** Keeps a share of a sum of 0 finite. */
const stabiliser = 1e-6;

function stable(sum: tf.Tensor): tf.Tensor {
  const sign = tf.sub(tf.mul(tf.cast(tf.greaterEqual(sum, 0), 'float32'), 2), 1);
  return tf.add(sum, tf.mul(sign, stabiliser));
}

function convolution(step: Step, relevance: Relevance): readonly tf.Tensor[] {
  const { inputs, signal, rule, isFirst } = relevance;
  const [x] = inputs as [tf.Tensor];
  if (isFirst && rule === 'epsilonPlusFlat') return [flat(step, x, signal)];
  if (isFirst && rule === 'epsilonGammaBox') return [zBox(step, x, signal)];
  return [rule === 'epsilonGammaBox' ? gamma(step, x, signal) : zPlus(step, x, signal)];
}

const positive = (tensor: tf.Tensor): tf.Tensor => tf.relu(tensor);
const negative = (tensor: tf.Tensor): tf.Tensor => tf.neg(tf.relu(tf.neg(tensor)));

/** An input, the layer that it goes through, and whether its part counts for or against the sum. */
interface Part {
  readonly x: tf.Tensor;
  readonly step: Step;
  readonly sign?: number;
}

/** Shares a signal among the parts of a sum by what each added to it. */
function shared(parts: readonly Part[], signal: tf.Tensor): tf.Tensor {
  const signed = ({ sign = 1 }: Part, tensor: tf.Tensor): tf.Tensor =>
    sign === 1 ? tensor : tf.neg(tensor);
  const sum = parts
    .map((part) => signed(part, part.step.run([part.x])))
    .reduce((a, b) => tf.add(a, b));
  const dy = tf.div(signal, stable(sum));
  return parts
    .map((part) => {
      const [gradient] = inputGradients(part.step, { inputs: [part.x], dy }, false);
      return signed(part, tf.mul(part.x, gradient as tf.Tensor));
    })
    .reduce((a, b) => tf.add(a, b));
}

/** What is above 0 goes through one layer, what is below through another; behind a ReLU there is none of that. */
function bySign(x: tf.Tensor, above: Step, below: Step): readonly Part[] {
  const [least = 0] = tf.min(x).dataSync();
  const part = { x: positive(x), step: above };
  return least < 0 ? [part, { x: negative(x), step: below }] : [part];
}

/** Only what adds to the sum gets a share (the alpha-1-beta-0 rule; for inputs below 0 with weights below 0 too). */
function zPlus(step: Step, x: tf.Tensor, signal: tf.Tensor): tf.Tensor {
  return shared(
    bySign(
      x,
      linearStep(step, { kernel: positive, bias: positive }),
      linearStep(step, { kernel: negative, bias: 'none' }),
    ),
    signal,
  );
}

const gammaShare = 0.25;

/** What adds to a sum counts a quarter more; sums below 0 the other way round. */
function gamma(step: Step, x: tf.Tensor, signal: tf.Tensor): tf.Tensor {
  const more = (part: (tensor: tf.Tensor) => tf.Tensor) => (tensor: tf.Tensor) =>
    tf.add(tensor, tf.mul(part(tensor), gammaShare));
  const favouring = (part: (tensor: tf.Tensor) => tf.Tensor, withBias: boolean): Step =>
    linearStep(step, { kernel: more(part), bias: withBias ? more(part) : 'none' });
  const sums = linearStep(step).run([x]);
  const above = tf.cast(tf.greater(sums, 0), 'float32');
  const below = tf.cast(tf.less(sums, 0), 'float32');
  const ofAbove = shared(
    bySign(x, favouring(positive, true), favouring(negative, false)),
    tf.mul(signal, above),
  );
  const ofBelow = shared(
    bySign(x, favouring(negative, true), favouring(positive, false)),
    tf.mul(signal, below),
  );
  return tf.add(ofAbove, ofBelow);
}

/** The same to every value under a window. */
function flat(step: Step, x: tf.Tensor, signal: tf.Tensor): tf.Tensor {
  const ones = linearStep(step, { kernel: tf.onesLike, bias: 'none' });
  return shared([{ x: tf.onesLike(x), step: ones }], signal);
}

/** By how far each value is from the end of its channel's range that would say the contrary. */
function zBox(step: Step, x: tf.Tensor, signal: tf.Tensor): tf.Tensor {
  const filled = (ends: tf.Tensor): tf.Tensor => tf.add(tf.zerosLike(x), ends);
  return shared(
    [
      { x, step: linearStep(step) },
      {
        x: filled(tf.min(x, [1, 2], true)),
        step: linearStep(step, { kernel: positive, bias: positive }),
        sign: -1,
      },
      {
        x: filled(tf.max(x, [1, 2], true)),
        step: linearStep(step, { kernel: negative, bias: negative }),
        sign: -1,
      },
    ],
    signal,
  );
}
