import type { Schedule } from './training';

/** Where a training stands: whole numbers from 0. */
export interface Place {
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
}

/** One-cycle begins at a 25th of its peak and ends at a 10,000th of its beginning, as PyTorch's OneCycleLR. */
const [startDivisor, endDivisor] = [25, 1e4];

type RateOf<K extends Schedule['kind']> = (
  schedule: Extract<Schedule, { kind: K }>,
  place: Place,
) => number;

const rates: { readonly [K in Schedule['kind']]: RateOf<K> } = {
  constant: ({ rate }) => rate,
  /** `factor` at every `every` epochs. */
  step: ({ rate, every, factor }, { epoch }) => rate * factor ** Math.floor(epoch / every),
  /** Half a cosine, from the rate to 0 after the last step. */
  cosine: ({ rate }, { step, steps }) => between(rate, 0, step / steps),
  /** Up for a share of the steps, then down, each half a cosine (Smith and Topin 2018). */
  oneCycle: ({ rate, warmUp }, { step, steps }) => {
    const start = rate / startDivisor;
    const peak = Math.max(0, warmUp * steps - 1);
    if (step < peak) return between(start, rate, step / peak);
    const rest = steps - 1 - peak;
    return between(rate, start / endDivisor, rest <= 0 ? 1 : (step - peak) / rest);
  },
};

/** The learning rate of a step. */
export function rateAt(schedule: Schedule, place: Place): number {
  const rate = rates[schedule.kind] as RateOf<Schedule['kind']>;
  return rate(schedule, place);
}

/** Along half a cosine. */
function between(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
}
