const windowMilliseconds = 4000;

/** Bytes per second over the last seconds; `now` in milliseconds. */
export class TransferSpeed {
  private readonly samples: { readonly at: number; readonly done: number }[] = [];

  /** Tells how many bytes are done by now, and gives the speed; 0 until it is known. */
  add(done: number, now: number): number {
    this.samples.push({ at: now, done });
    while (this.samples.length > 2 && now - (this.samples[0]?.at ?? now) > windowMilliseconds)
      this.samples.shift();
    const [first] = this.samples;
    if (!first || now <= first.at) return 0;
    return ((done - first.done) * 1000) / (now - first.at);
  }
}
