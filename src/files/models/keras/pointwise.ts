import type { PointwiseActivation } from '../../../network/layers/activations';
import { activationOf, bentOf, eluOf, leakyOf } from './activations';
import type { ClassReading } from './layerClass';
import type { LayerConfig } from './layerConfig';

function pointwise(activation: (config: LayerConfig) => PointwiseActivation): ClassReading {
  return { read: (config) => ({ kind: 'Activation', activation: activation(config) }) };
}

/** Nothing at inference. */
const passing: ClassReading = {
  read: ({ className }) => ({ kind: 'Identity', operation: className }),
};

const dropout: ClassReading = {
  read: (config) => ({ kind: 'Dropout', rate: config.number('rate') }),
};

/** Classes that do something in training only, or nothing to a value. */
const passingClasses = [
  'GaussianNoise',
  'ActivityRegularization',
  'StochasticDepth',
  'RandomFlip',
  'RandomRotation',
  'RandomZoom',
  'RandomTranslation',
  'RandomContrast',
  'RandomBrightness',
  'RandomErasing',
  'RandomHue',
  'RandomSaturation',
  'RandomColorJitter',
  'RandomGrayscale',
  'RandomInvert',
  'RandomPosterization',
  'RandomSharpness',
  'RandomShear',
  'RandomPerspective',
  'RandomElasticTransform',
  'RandomGaussianBlur',
  'MixUp',
  'CutMix',
  'AutoContrast',
  'Identity',
  'StopGradient',
  'Cast',
];

/** Layers that are functions of each value, and those that do nothing at inference. */
export const pointwiseClasses: Readonly<Record<string, ClassReading>> = {
  Activation: {
    read(config) {
      const activation = activationOf(config);
      return activation === 'softmax' ? { kind: 'Softmax' } : { kind: 'Activation', activation };
    },
  },
  ReLU: pointwise(bentOf),
  LeakyReLU: pointwise(leakyOf),
  ThresholdedReLU: pointwise((config) => ({
    function: 'bent',
    slope: 0,
    threshold: config.number('theta', 1),
  })),
  ELU: pointwise(eluOf),
  PReLU: {
    read: (config) => ({
      kind: 'PReLU',
      sharedAxes:
        config.raw('shared_axes') === undefined
          ? []
          : config.numbers('shared_axes').map((axis) => axis - 1),
    }),
  },
  Softmax: {
    read(config, [input]) {
      const axis = config.raw('axis') ?? -1;
      if (axis !== -1 && input && axis !== input.length) config.refuse('axis');
      return { kind: 'Softmax' };
    },
  },
  Rescaling: {
    read(config) {
      const numbers = (name: string, otherwise?: number): number | readonly number[] =>
        Array.isArray(config.raw(name)) ? config.numbers(name) : config.number(name, otherwise);
      return { kind: 'Rescaling', scale: numbers('scale'), offset: numbers('offset', 0) };
    },
  },
  Dropout: dropout,
  SpatialDropout2D: dropout,
  GaussianDropout: dropout,
  AlphaDropout: dropout,
  ...Object.fromEntries(passingClasses.map((name) => [name, passing])),
};
