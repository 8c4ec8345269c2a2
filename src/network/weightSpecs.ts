import type { LayerSettings, WeightSpec } from './layer';
import type { Shape } from './shape';

/** The weight tensors a layer of this kind holds for this input, in Keras' order. */
export function weightSpecs(settings: LayerSettings, input: Shape): readonly WeightSpec[] {
  const channels = input.at(-1) ?? 0;
  switch (settings.kind) {
    case 'Conv2D': {
      const { kernel, groups, filters } = settings;
      return kernelAndBias([kernel, kernel, channels / groups, filters]);
    }
    case 'Dense':
      return kernelAndBias([channels, settings.units]);
    case 'BatchNormalization':
      return [
        { name: 'gamma', shape: [channels], trainable: true },
        { name: 'beta', shape: [channels], trainable: true },
        { name: 'moving_mean', shape: [channels], trainable: false },
        { name: 'moving_variance', shape: [channels], trainable: false },
      ];
    case 'InputLayer':
    case 'LocalResponseNormalization':
    case 'MaxPooling2D':
    case 'AdaptiveAveragePooling2D':
    case 'Flatten':
    case 'Dropout':
    case 'Softmax':
      return [];
  }
}

function kernelAndBias(kernel: Shape): readonly WeightSpec[] {
  return [
    { name: 'kernel', shape: kernel, trainable: true },
    { name: 'bias', shape: [kernel.at(-1) ?? 0], trainable: true },
  ];
}
