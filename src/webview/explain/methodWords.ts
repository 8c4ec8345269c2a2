import type { ExplanationMethod } from '../../protocol/explanation';
import type { TargetKind } from './unitTarget';

/**
 * What a map's values are. `logits`: of the target, so that all such maps share one scale; `slope`: logits for each step
 * of an input value; `values`: the layer's own, weighted.
 */
export type MapUnit = 'logits' | 'slope' | 'values';

interface MethodWords {
  readonly title: string;
  readonly unit: MapUnit;
  /** What it can say and what it cannot, in a sentence. */
  readonly says: string;
  /** The map depends on the class no more than its sign means something. */
  readonly isOfPattern?: boolean;
}

export const methodWords: { readonly [M in ExplanationMethod]: MethodWords } = {
  gradCam: {
    title: 'Grad-CAM',
    unit: 'logits',
    says: 'Shows in which regions the layer’s channels speak for the class; each channel has one weight for all places, so that details are only roughly right.',
  },
  gradCamPlusPlus: {
    title: 'Grad-CAM++',
    unit: 'values',
    says: 'Weighs places of positive slope more, for pictures with several of a kind; it leaves out what speaks against.',
  },
  hiResCam: {
    title: 'HiResCAM',
    unit: 'logits',
    says: 'Slope times value, cell by cell: what each cell adds, as far as the layers behind it are linear.',
  },
  layerCam: {
    title: 'LayerCAM',
    unit: 'logits',
    says: 'Keeps what speaks for the class, cell by cell, and is sharp in early layers too; it cannot show what speaks against.',
  },
  eigenCam: {
    title: 'Eigen-CAM',
    unit: 'values',
    says: 'Shows the strongest pattern of the layer, whatever the class; it answers no question about one.',
    isOfPattern: true,
  },
  scoreCam: {
    title: 'Score-CAM',
    unit: 'values',
    says: 'Weighs a channel by what is left of the class when the picture is masked by it; it needs no slope, but such pictures were never learned.',
  },
  ablationCam: {
    title: 'Ablation-CAM',
    unit: 'values',
    says: 'Weighs a channel by what the logit loses without it; it needs no slope, but takes the channel away everywhere at once.',
  },
  saliency: {
    title: 'Saliency',
    unit: 'slope',
    says: 'Shows how the logit changes if a value changes a little; it does not say how much that value contributed.',
  },
  gradientXInput: {
    title: 'Gradient × input',
    unit: 'logits',
    says: 'Splits the logit by its slope at this very picture; values that are zero get nothing, however much they matter.',
  },
  smoothGrad: {
    title: 'SmoothGrad',
    unit: 'slope',
    says: 'The mean slope over noisy copies of the picture, which is calmer; no more than saliency does it say what contributed.',
  },
  integratedGradients: {
    title: 'Integrated gradients',
    unit: 'logits',
    says: 'Splits the way from the baseline to this picture among the pixels, and adds up to it; another baseline gives another answer.',
  },
  guidedBackprop: {
    title: 'Guided backpropagation',
    unit: 'slope',
    says: 'Draws crisp outlines of what excites the network; it barely depends on the class or even the weights, and is no proof of anything.',
  },
  deconvnet: {
    title: 'Deconvnet',
    unit: 'slope',
    says: 'Projects the class back through what is positive; like guided backpropagation it mostly finds edges.',
  },
  lrp: {
    title: 'LRP',
    unit: 'logits',
    says: 'Hands the logit back from layer to layer and keeps its sum; which rule each layer takes is a convention.',
  },
  occlusion: {
    title: 'Occlusion',
    unit: 'logits',
    says: 'A real experiment: what the logit loses when a window is covered; it misses what shows in two places at once.',
  },
};

/** As they stand in the table: by a layer's cells first, what takes longest last. */
export const methodOrder: readonly ExplanationMethod[] = [
  'gradCam',
  'hiResCam',
  'layerCam',
  'gradCamPlusPlus',
  'eigenCam',
  'saliency',
  'gradientXInput',
  'guidedBackprop',
  'deconvnet',
  'lrp',
  'smoothGrad',
  'integratedGradients',
  'occlusion',
  'scoreCam',
  'ablationCam',
];

/** What the sentences above call what is asked about, and what they call its value. */
const targetNouns: Readonly<Record<TargetKind, readonly [target: string, value: string]>> = {
  class: ['the class', 'the logit'],
  unit: ['the unit', 'the unit’s value'],
  channel: ['the channel', 'the channel’s mean'],
};

/** What a method can say and what it cannot of what is asked about, in a sentence. */
export function saysOf(method: ExplanationMethod, kind: TargetKind = 'class'): string {
  const [target, value] = targetNouns[kind];
  return methodWords[method].says.replaceAll('the class', target).replaceAll('the logit', value);
}

/** `logits`, `the unit’s value`; what the numbers of a method's map are parts of. */
export function unitOf(method: ExplanationMethod, kind: TargetKind = 'class'): string {
  const { unit } = methodWords[method];
  if (unit === 'values') return 'the layer’s values, weighted';
  const whole = kind === 'class' ? 'logits' : targetNouns[kind][1];
  return unit === 'slope' ? `${whole} per step of an input value` : whole;
}
