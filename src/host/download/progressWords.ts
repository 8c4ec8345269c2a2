import { megabytes } from './megabytes';

/** More often nobody can read it. */
const reportMilliseconds = 250;

/** What is done now; bytes where that is counted. */
export interface Step {
  readonly what: string;
  readonly done?: number;
  readonly total?: number | undefined;
}

/** Turns progress into what a notification shows, in steps that a person can read. */
export class ProgressWords {
  private readonly speeds = new Map<string, TransferSpeed>();
  private last = { what: '', at: 0, percent: 0 };

  /** `now` in milliseconds; undefined where the last words may stay. */
  add(
    { what, done, total }: Step,
    now: number,
  ): { readonly message: string; readonly increment: number } | undefined {
    const speed = done === undefined ? 0 : this.speed(what, done, now);
    if (what === this.last.what && now - this.last.at < reportMilliseconds) return undefined;
    const percent = done !== undefined && total ? (done / total) * 100 : this.last.percent;
    const increment = Math.max(0, percent - this.last.percent);
    this.last = { what, at: now, percent: Math.max(percent, this.last.percent) };
    const parts = [what, amount(done, total), speed > 0 ? `${megabytes(speed)}/s` : ''];
    return { message: parts.filter(Boolean).join(', '), increment };
  }

  private speed(what: string, done: number, now: number): number {
    const known = this.speeds.get(what) ?? new TransferSpeed();
    this.speeds.set(what, known);
    return known.add(done, now);
  }
}

function amount(done: number | undefined, total: number | undefined): string {
  if (done === undefined) return '';
  return total === undefined
    ? megabytes(done)
    : `${(done / 1e6).toFixed(1)} of ${megabytes(total)}`;
}

const usualMilliseconds = 4000;

/** Bytes, or whatever is counted, per second over the last seconds; `now` in milliseconds. */
export class TransferSpeed {
  private readonly samples: { readonly at: number; readonly done: number }[] = [];

  constructor(private readonly windowMilliseconds = usualMilliseconds) {}

  /** Tells how many are done by now, and gives the speed; 0 until it is known. */
  add(done: number, now: number): number {
    this.samples.push({ at: now, done });
    while (this.samples.length > 2 && now - (this.samples[0]?.at ?? now) > this.windowMilliseconds)
      this.samples.shift();
    const [first] = this.samples;
    if (!first || now <= first.at) return 0;
    return ((done - first.done) * 1000) / (now - first.at);
  }
}
