import type { ExplanationMethod, ExplanationSettings } from '../../protocol/explanation';

/** A setting that is a number, typed as text. */
interface NumberField {
  readonly kind: 'number';
  readonly label: string;
  readonly hint: string;
}

/** A setting of which there are a few; by what stands for each in a list. */
interface ChoiceField {
  readonly kind: 'choice';
  readonly label: string;
  readonly hint: string;
  readonly options: Readonly<Record<string, { readonly words: string; readonly value: unknown }>>;
}

/** A picture without the cause. */
interface BaselineField {
  readonly kind: 'baseline';
  readonly label: string;
  readonly hint: string;
}

export type SettingField = NumberField | ChoiceField | BaselineField;

const number = (label: string, hint: string): NumberField => ({ kind: 'number', label, hint });

const choice = (
  label: string,
  hint: string,
  options: Readonly<Record<string, string>>,
): ChoiceField => ({
  kind: 'choice',
  label,
  hint,
  options: Object.fromEntries(
    Object.entries(options).map(([value, words]) => [value, { words, value }]),
  ),
});

const baseline: BaselineField = {
  kind: 'baseline',
  label: 'Baseline',
  hint: 'What the picture is set against: a picture without the cause.',
};

/** What a person may change of each method. */
export const settingFields: {
  readonly [M in ExplanationMethod]: { readonly [S in keyof ExplanationSettings[M]]: SettingField };
} = {
  saliency: {},
  gradientXInput: {},
  smoothGrad: {
    samples: number('Samples', 'How many noisy copies of the picture are explained.'),
    spread: number('Spread', 'The noise’s deviation as a share of the picture’s range of values.'),
    seed: number('Seed', 'Decides the noise: the same one gives the same map.'),
  },
  integratedGradients: {
    steps: number('Steps', 'Places between the baseline and the picture where slopes are taken.'),
    rule: choice('Rule', 'Where these places are, and what each counts.', {
      midpoint: 'midpoints',
      gaussLegendre: 'Gauss-Legendre',
    }),
    baseline,
  },
  guidedBackprop: {},
  deconvnet: {},
  lrp: {
    rule: choice(
      'Rules',
      'How a layer shares out what it got: dense, convolutions, the first one.',
      {
        epsilonPlus: 'epsilon, z+',
        epsilonPlusFlat: 'epsilon, z+, flat',
        epsilonGammaBox: 'epsilon, gamma, z-box',
      },
    ),
  },
  gradCam: {
    beforeActivation: {
      kind: 'choice',
      label: 'Values',
      hint: 'The layer’s sums, or what its ReLU makes of them.',
      options: {
        after: { words: 'after the ReLU', value: false },
        before: { words: 'before the ReLU', value: true },
      },
    },
  },
  gradCamPlusPlus: {},
  hiResCam: {},
  layerCam: {},
  eigenCam: {},
  scoreCam: {},
  ablationCam: {},
  occlusion: {
    window: number('Window', 'Side of the square that is covered, in pixels of the input.'),
    stride: number('Stride', 'Distance between two windows, in pixels.'),
    baseline,
  },
};
