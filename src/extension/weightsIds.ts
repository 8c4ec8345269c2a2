import type { WeightsChoice } from './weightsChoice';

/** Numbers by which the page tells weights apart: minus the seed of what is always the same, else one for each load. */
export class WeightsIds {
  private readonly ids = new WeakMap<WeightsChoice, number>();
  private last = 0;

  of(choice: WeightsChoice): number {
    if (choice.kind === 'random') return -choice.seed;
    return this.ids.get(choice) ?? this.renew(choice);
  }

  /** A file may have changed since it was loaded last. */
  renew(choice: WeightsChoice): number {
    this.ids.set(choice, ++this.last);
    return this.last;
  }
}
