import type {
  ExplanationMap,
  ExplanationMethod,
  ExplanationRecipe,
  ExplanationSettings,
  ExplanationTarget,
} from './explanation';

/** Those that are asked where none are named: each costs about one pass through the network, and they answer unlike. */
export const sanityMethods: readonly ExplanationMethod[] = [
  'gradCam',
  'saliency',
  'gradientXInput',
  'guidedBackprop',
  'deconvnet',
];

/** Not the one that a network's own random weights are drawn from: layers that never learned would seem not to change. */
export const sanitySeed = 2;

/** Which methods are asked again while layers become random; of a kept run. */
export interface SanityParams {
  readonly runId: number;
  readonly target: ExplanationTarget;
  readonly methods?: readonly ExplanationMethod[];
  /** Of the methods whose map is of a layer's cells. */
  readonly layer?: string;
  readonly settings?: { readonly [M in ExplanationMethod]?: Partial<ExplanationSettings[M]> };
  /** Of the random weights, which depend on nothing else but their layer's name. */
  readonly seed?: number;
}

/** A map while some layers are random, and how much of the unchanged one is left in it. */
export interface SanityStep {
  /** To look at: of pixels, the strongest value of each square of `smallSquare` pixels, their channels summed. */
  readonly map: ExplanationMap;
  /** Spearman's rank correlation with the unchanged map, a value for each cell or pixel; none where one map is the same throughout. */
  readonly values?: number;
  /** The same of their magnitudes: whether the same places stand out, for or against. */
  readonly magnitudes?: number;
}

/** What became of a method's map; `why` where the method could not be asked. */
export type SanityRow =
  | { readonly method: ExplanationMethod; readonly why: string }
  | {
      readonly method: ExplanationMethod;
      readonly recipe: ExplanationRecipe;
      /** Before anything was randomised, as small as those of the steps. */
      readonly map: ExplanationMap;
      /** One for each stage that is done, in their order. */
      readonly steps: readonly SanityStep[];
    };

/** Methods against a network that is randomised from the target's layer down (Adebayo et al. 2018, cascading). */
export interface SanityCheck {
  readonly seed: number;
  /** The layers that become random, one group after the other; those before stay random. */
  readonly stages: readonly (readonly string[])[];
  readonly rows: readonly SanityRow[];
}

/** How far it is; `check` is all that is known, each time a stage is done. */
export interface SanityProgress {
  readonly what: string;
  /** From 0 to 1. */
  readonly fraction: number;
  readonly check?: SanityCheck;
}

/** How many values a small map has at most along a side. */
const smallSide = 64;

/** The side of the squares of a small map of pixels. */
export function smallSquare(height: number, width: number): number {
  return Math.ceil(Math.max(height, width) / smallSide);
}
