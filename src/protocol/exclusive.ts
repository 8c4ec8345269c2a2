/** Runs one piece of work at a time, in the order asked; what failed does not hold up what follows. */
export class Exclusive {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const next = this.last.then(() => {
      signal?.throwIfAborted();
      return work();
    });
    this.last = next.catch(() => undefined);
    return next;
  }
}
