import { megabytes } from './megabytes';
import { TransferSpeed } from './transferSpeed';

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
