/**
 * Lets something through no more often than every so many milliseconds, however often it changes; what was held back
 * last comes once the time is over, when `later` is called.
 */
export class Paced {
  private at = -Infinity;
  private let: number | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly milliseconds: number,
    private readonly later: () => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The version to show for now. `isOther`: of something else, which is shown at once. */
  next(version: number, isOther: boolean): number {
    if (version === this.let && !isOther) return version;
    const rest = this.at + this.milliseconds - this.now();
    if (this.let === undefined || isOther || rest <= 0) {
      this.at = this.now();
      this.let = version;
      return version;
    }
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.later();
    }, rest);
    return this.let;
  }
}
