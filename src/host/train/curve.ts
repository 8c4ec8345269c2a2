import type { CurvePoint } from '../../protocol/training';

/** A person tells no more of them apart. */
const mostPoints = 300;

/** The course of a training, each point the mean of equally many steps. */
export class Curve {
  private readonly perPoint: number;
  private sums = { steps: 0, loss: 0, accuracy: 0 };
  private kept: CurvePoint[];

  constructor(steps: number, kept: readonly CurvePoint[] = []) {
    this.perPoint = Math.max(1, Math.ceil(steps / mostPoints));
    this.kept = [...kept];
  }

  get points(): readonly CurvePoint[] {
    return this.kept;
  }

  add({ step, loss, accuracy, rate }: CurvePoint): void {
    const { sums } = this;
    sums.steps += 1;
    sums.loss += loss;
    sums.accuracy += accuracy;
    if (sums.steps < this.perPoint) return;
    const { steps } = sums;
    this.kept.push({ step, rate, loss: sums.loss / steps, accuracy: sums.accuracy / steps });
    this.sums = { steps: 0, loss: 0, accuracy: 0 };
  }

  /** Forgets what came after a step: the training goes on from there. */
  cut(step: number): void {
    this.kept = this.kept.filter((point) => point.step <= step);
    this.sums = { steps: 0, loss: 0, accuracy: 0 };
  }
}
