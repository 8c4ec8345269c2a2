import type { Shape } from '../network/tensor/shape';

/** Each answers which part of the picture spoke for the target. Those of pixels first, those of a layer's cells, windows. */
export const explanationMethods = [
  'saliency',
  'gradientXInput',
  'smoothGrad',
  'integratedGradients',
  'guidedBackprop',
  'deconvnet',
  'lrp',
  'gradCam',
  'gradCamPlusPlus',
  'hiResCam',
  'layerCam',
  'eigenCam',
  'scoreCam',
  'ablationCam',
  'occlusion',
] as const;
export type ExplanationMethod = (typeof explanationMethods)[number];

/** What a method's map is a map of: the input's values, a layer's cells, windows over the input. */
export const explanationPlaces: {
  readonly [M in ExplanationMethod]: 'pixels' | 'cells' | 'windows';
} = {
  saliency: 'pixels',
  gradientXInput: 'pixels',
  smoothGrad: 'pixels',
  integratedGradients: 'pixels',
  guidedBackprop: 'pixels',
  deconvnet: 'pixels',
  lrp: 'pixels',
  gradCam: 'cells',
  gradCamPlusPlus: 'cells',
  hiResCam: 'cells',
  layerCam: 'cells',
  eigenCam: 'cells',
  scoreCam: 'cells',
  ablationCam: 'cells',
  occlusion: 'windows',
};

/**
 * What is explained: a class's logit; one value of a layer, after its activation; a channel's mean. Of a layer with a
 * softmax it is what goes into it: the slope of a probability vanishes where the network is sure.
 */
export type ExplanationTarget =
  /** With `minus` the logit less that of another class: why this one and not the other. */
  | { readonly class: number; readonly minus?: number }
  /** Row, column and channel; of a list of units 0, 0 and the unit. */
  | {
      readonly layer: string;
      readonly unit: readonly [row: number, column: number, channel: number];
    }
  | { readonly layer: string; readonly channel: number };

/** One that is no class. */
export type UnitTarget = Exclude<ExplanationTarget, { readonly class: number }>;

/** A picture without the cause: zeros of the network's own input, one colour from 0 to 255, or another kept run's picture. */
export type ExplanationBaseline =
  | 'zero'
  | { readonly rgb: readonly [number, number, number] }
  | { readonly runId: number };

type NoSettings = Readonly<Record<string, never>>;

/** The settings of each method, complete. */
export interface ExplanationSettings {
  saliency: NoSettings;
  gradientXInput: NoSettings;
  /** Gaussian noise; `spread` is its deviation as a share of the picture's range of values. */
  smoothGrad: { readonly samples: number; readonly spread: number; readonly seed: number };
  /** `rule` says where on the straight path from the baseline the gradients are taken, and with which weights. */
  integratedGradients: {
    readonly steps: number;
    readonly rule: 'midpoint' | 'gaussLegendre';
    readonly baseline: ExplanationBaseline;
  };
  guidedBackprop: NoSettings;
  deconvnet: NoSettings;
  /** By epsilon in dense layers, in convolutions by z+ or gamma 0.25, the first one by z+, flat or z-box. */
  lrp: { readonly rule: 'epsilonPlus' | 'epsilonPlusFlat' | 'epsilonGammaBox' };
  /** `beforeActivation`: of the layer's sums instead of what its activation makes of them. */
  gradCam: { readonly beforeActivation: boolean };
  gradCamPlusPlus: NoSettings;
  hiResCam: NoSettings;
  layerCam: NoSettings;
  eigenCam: NoSettings;
  scoreCam: NoSettings;
  ablationCam: NoSettings;
  /** A square window, in pixels of the network's input, that takes the baseline's values; it begins at multiples of `stride`. */
  occlusion: {
    readonly window: number;
    readonly stride: number;
    readonly baseline: ExplanationBaseline;
  };
}

/** What is used where a setting is not given. */
export const explanationDefaults: { readonly [M in ExplanationMethod]: ExplanationSettings[M] } = {
  saliency: {},
  gradientXInput: {},
  smoothGrad: { samples: 16, spread: 0.15, seed: 1 },
  integratedGradients: { steps: 20, rule: 'midpoint', baseline: 'zero' },
  guidedBackprop: {},
  deconvnet: {},
  lrp: { rule: 'epsilonPlus' },
  gradCam: { beforeActivation: false },
  gradCamPlusPlus: {},
  hiResCam: {},
  layerCam: {},
  eigenCam: {},
  scoreCam: {},
  ablationCam: {},
  occlusion: { window: 32, stride: 16, baseline: 'zero' },
};

/**
 * Whether a map is to be believed: the target as the picture's cells become the baseline's in the map's order, the most
 * important first (deletion), and as they come back on the baseline (insertion).
 */
export interface FaithfulnessSettings {
  /** The picture is cut into as many rows and columns of cells. */
  readonly grid: number;
  /** How many cells change between two values of a curve. */
  readonly perStep: number;
  readonly baseline: ExplanationBaseline;
}

export const faithfulnessDefaults: FaithfulnessSettings = {
  grid: 14,
  perStep: 7,
  baseline: 'zero',
};

/** One of two curves. */
export interface FaithfulnessCurve {
  /** The target from no cell changed to all of them. */
  readonly values: Float32Array;
  /** The target class's probability; left out where the target is no class. */
  readonly probabilities?: Float32Array;
  /** Under each, over a width of 1. */
  readonly area: number;
  readonly probabilityArea?: number;
}

export interface Faithfulness {
  /** Falls soon where the map is right. */
  readonly deletion: FaithfulnessCurve;
  /** Rises soon where the map is right. */
  readonly insertion: FaithfulnessCurve;
}

type Request<M extends ExplanationMethod> = {
  readonly method: M;
  readonly target: ExplanationTarget;
  /** Whose cells the map is of, where it is of a layer's: one with a map; the last convolution before the target unless told. */
  readonly layer?: string;
  readonly settings?: Partial<ExplanationSettings[M]>;
  /** Asks for both curves; `{}` for the defaults. */
  readonly faithfulness?: Partial<FaithfulnessSettings>;
};

/** What is asked for. */
export type ExplanationRequest = { [M in ExplanationMethod]: Request<M> }[ExplanationMethod];

/** The same of a kept run. */
export type ExplanationParams = ExplanationRequest & { readonly runId: number };

type Recipe<M extends ExplanationMethod> = {
  readonly method: M;
  readonly target: ExplanationTarget;
  /** Where the map is of a layer's cells. */
  readonly layer?: string;
  readonly settings: ExplanationSettings[M];
  readonly faithfulness?: FaithfulnessSettings;
};

/** Everything that a map follows from, besides the run and its weights. */
export type ExplanationRecipe = { [M in ExplanationMethod]: Recipe<M> }[ExplanationMethod];

/** Row-major float32 values. */
export interface ExplanationMap {
  readonly shape: Shape;
  readonly data: Float32Array;
}

export interface Explanation {
  /**
   * Signed and raw: nothing is cut at zero, scaled or enlarged. Of pixels [h, w, c] in the network's own input space and
   * order of channels; of a layer's cells [rows, columns]; of occlusion [rows, columns] of its windows, positive where
   * the window spoke for the target.
   */
  readonly map: ExplanationMap;
  /** The target's value on the picture. */
  readonly value: number;
  /** The target's value on the baseline, where the method has one; its colour where it has one. */
  readonly baseline?: {
    readonly value: number;
    readonly rgb?: readonly [number, number, number];
  };
  /** What the map adds up to and what it would by its definition: the difference is the method's error. */
  readonly completeness?: { readonly sum: number; readonly expected: number };
  readonly faithfulness?: Faithfulness;
  /** That the map took; the curves take longer. */
  readonly milliseconds: number;
  readonly recipe: ExplanationRecipe;
}

/** How far an explanation is; `map` is one to show until then, of those that refine theirs. */
export interface ExplanationProgress {
  readonly what: string;
  /** From 0 to 1. */
  readonly fraction: number;
  readonly map?: ExplanationMap;
}

/** Grad-CAM at every layer between the picture and a target. */
export interface LayerCams {
  /** The target's value on the picture. */
  readonly value: number;
  readonly layers: readonly LayerCam[];
}

export interface LayerCam extends ExplanationMap {
  readonly name: string;
}
