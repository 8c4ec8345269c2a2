import type { TrainingData, TrainingSettings } from '../../protocol/training';

interface Circumstances {
  readonly documentId: string;
  /** Whether weights that were trained are in use. */
  readonly isTrained: boolean;
  readonly data: TrainingData;
}

/** Settings that do for most: what was learned is kept where there is something, and only the classifier learns. */
export function defaultSettings({ documentId, isTrained, data }: Circumstances): TrainingSettings {
  return {
    documentId,
    start: isTrained ? 'loaded' : 'fresh',
    learning: { kind: isTrained ? 'classifier' : 'all' },
    epochs: 10,
    batch: Math.min(32, data.pictures),
    schedule: { kind: 'oneCycle', rate: 0.01, warmUp: 0.3 },
    optimiser: { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 5e-4 },
    augmentation: { crop: { area: [0.35, 1], aspect: [3 / 4, 4 / 3] }, flip: true, colour: 0.2 },
    heldOut: 0.2,
    seed: 1,
  };
}
