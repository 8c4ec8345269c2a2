import type { WeightsChoice } from './weightsChoice';

/** Numbers for sets of weights: equal numbers stand for equal values of the same network. */
export class WeightsIds {
  private readonly known = new Map<string, number>();
  private readonly files = new WeakMap<WeightsChoice, number>();
  private last = 0;

  of(documentId: string, choice: WeightsChoice): number {
    if (choice.kind === 'file') return this.files.get(choice) ?? this.renewFile(choice);
    const key = JSON.stringify([
      documentId,
      choice.kind === 'random' ? choice.seed : choice.entry.id,
    ]);
    const id = this.known.get(key) ?? ++this.last;
    this.known.set(key, id);
    return id;
  }

  /** The number for the values of a load: a file may have changed since the last; what was published has its checksum. */
  renew(documentId: string, choice: WeightsChoice): number {
    return choice.kind === 'file' ? this.renewFile(choice) : this.of(documentId, choice);
  }

  private renewFile(choice: WeightsChoice): number {
    this.files.set(choice, ++this.last);
    return this.last;
  }
}
