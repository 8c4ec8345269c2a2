import type { TrainingSettings } from '../../src/protocol/training';

/** What a person may have chosen for a training of Keras' network. */
export const someSettings: TrainingSettings = {
  documentId: 'keras',
  start: 'fresh',
  learning: { kind: 'all' },
  epochs: 10,
  batch: 32,
  schedule: { kind: 'oneCycle', rate: 0.01, warmUp: 0.3 },
  optimiser: { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 5e-4 },
  augmentation: { crop: { area: [0.07, 1], aspect: [0.75, 4 / 3] }, flip: true, colour: 0.2 },
  heldOut: 0.2,
  seed: 1,
};
