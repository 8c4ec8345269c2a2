import type { WeightsChoice } from './weightsChoice';

/** Numbers by which the panel tells weights apart: minus the seed of random ones, else one for each choice, and for each load of a file. */
export class WeightsIds {
  private readonly ids = new WeakMap<WeightsChoice, number>();
  private last = 0;

  of(choice: WeightsChoice): number {
    if (choice.kind === 'random') return -choice.seed;
    return this.ids.get(choice) ?? this.add(choice);
  }

  /** A file may have changed since it was loaded last; what was published has its checksum. */
  renew(choice: WeightsChoice): number {
    return choice.kind === 'file' ? this.add(choice) : this.of(choice);
  }

  private add(choice: WeightsChoice): number {
    this.ids.set(choice, ++this.last);
    return this.last;
  }
}
