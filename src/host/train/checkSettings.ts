import type { Network } from '../../network/network';
import { learningLayers } from '../../protocol/learningLayers';
import type { OptimiserSettings, Schedule, TrainingSettings } from '../../protocol/training';

/** A number that a person chooses: what it is called, its value, its least and its largest. */
type Ranged = readonly [what: string, value: number, low: number, high: number];

/** Throws, in a sentence, where settings make no sense. */
export function checkSettings(settings: TrainingSettings, network: Network): void {
  const { epochs, batch, heldOut, seed, schedule, optimiser, augmentation } = settings;
  for (const [what, value] of [
    ['epochs', epochs],
    ['batch', batch],
    ['seed', seed],
  ] as const) {
    if (!Number.isSafeInteger(value)) throw new Error(`${what} is ${value}; give a whole number`);
  }
  const { crop } = augmentation;
  const ranges: readonly Ranged[] = [
    ['epochs', epochs, 1, 10_000],
    ['batch', batch, 1, 4096],
    ['seed', seed, 0, 2 ** 32 - 1],
    ['the share held out', heldOut, 0, 0.5],
    ['the colour', augmentation.colour, 0, 1],
    ...(crop ? ([['the least area of a crop', crop.area[0], 0.01, 1]] as const) : []),
    ...(crop ? ([['the largest area of a crop', crop.area[1], crop.area[0], 1]] as const) : []),
    ...ofSchedule(schedule),
    ...ofOptimiser(optimiser),
  ];
  for (const [what, value, low, high] of ranges) {
    if (value >= low && value <= high) continue;
    throw new Error(`${what} is ${value}; it can be from ${low} to ${high}`);
  }
  learningLayers(network, settings.learning);
}

function ofSchedule(schedule: Schedule): readonly Ranged[] {
  const rate = ['the learning rate', schedule.rate, 1e-8, 10] as const;
  if (schedule.kind === 'oneCycle') return [rate, ['the warm-up', schedule.warmUp, 0, 1]];
  if (schedule.kind !== 'step') return [rate];
  return [rate, ['the steps', schedule.every, 1, 10_000], ['the factor', schedule.factor, 0, 10]];
}

function ofOptimiser(optimiser: OptimiserSettings): readonly Ranged[] {
  const decay = ['the weight decay', optimiser.weightDecay, 0, 1] as const;
  if (optimiser.kind === 'sgd') return [decay, ['the momentum', optimiser.momentum, 0, 0.9999]];
  const { beta1, beta2, epsilon } = optimiser;
  return [
    decay,
    ['beta 1', beta1, 0, 0.9999],
    ['beta 2', beta2, 0, 0.999999],
    ['epsilon', epsilon, 1e-12, 1],
  ];
}
