/** Steps a second. */
export const speeds = { slow: 1.5, normal: 6, fast: 30 } as const;
export type Speed = keyof typeof speeds;

const millisecondsPerSecond = 1000;

/** Plays steps on a timer until the last one, a pause, or until the steps are out of sight. */
export class Player {
  private timer: number | undefined;
  private speed: Speed = 'normal';

  constructor(
    /** Takes a step; false where that was the last. */
    private readonly step: () => boolean,
    private readonly onChange: () => void,
  ) {}

  get playing(): boolean {
    return this.timer !== undefined;
  }

  setSpeed(speed: Speed): void {
    this.speed = speed;
    if (!this.playing) return;
    clearInterval(this.timer);
    this.run();
  }

  play(): void {
    if (this.playing) return;
    this.run();
    this.onChange();
  }

  pause(): void {
    if (!this.playing) return;
    clearInterval(this.timer);
    this.timer = undefined;
    this.onChange();
  }

  private run(): void {
    this.timer = window.setInterval(() => {
      if (!this.step()) this.pause();
    }, millisecondsPerSecond / speeds[this.speed]);
  }
}
