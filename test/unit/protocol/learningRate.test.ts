import { strict as assert } from 'node:assert';
import { rateAt } from '../../../src/protocol/learningRate';
import type { Schedule } from '../../../src/protocol/training';

/** Rates of chosen steps of 11, two an epoch, by hand. */
const cases: readonly (readonly [Schedule, Readonly<Record<number, number>>])[] = [
  [
    { kind: 'constant', rate: 0.1 },
    { 0: 0.1, 10: 0.1 },
  ],
  [
    { kind: 'step', rate: 0.8, every: 2, factor: 0.5 },
    { 0: 0.8, 3: 0.8, 4: 0.4, 8: 0.2 },
  ],
  // cos(π · 0), cos(π · 11/22) between the steps 5 and 6, and nearly 0 at the end.
  [
    { kind: 'cosine', rate: 0.2 },
    { 0: 0.2, 10: 0.1 * (1 + Math.cos((Math.PI * 10) / 11)) },
  ],
  // The peak after 3/11 of the steps, at step 2; halfway up and down there are means of the ends.
  [
    { kind: 'oneCycle', rate: 1, warmUp: 3 / 11 },
    { 0: 0.04, 1: 0.52, 2: 1, 6: (1 + 4e-6) / 2, 10: 4e-6 },
  ],
];

describe('the learning rate of a step', () => {
  for (const [schedule, rates] of cases) {
    it(schedule.kind, () => {
      for (const [step, expected] of Object.entries(rates)) {
        const place = { step: Number(step), steps: 11, epoch: Math.floor(Number(step) / 2) };
        const rate = rateAt(schedule, place);
        assert.ok(Math.abs(rate - expected) < 1e-12, `step ${step}: ${rate}, not ${expected}`);
      }
    });
  }

  it('a one-cycle of one step, or without warming up, is a number', () => {
    const schedule = { kind: 'oneCycle', rate: 1, warmUp: 0 } as const;
    assert.ok(Number.isFinite(rateAt(schedule, { step: 0, steps: 1, epoch: 0 })));
    assert.equal(rateAt(schedule, { step: 0, steps: 10, epoch: 0 }), 1);
  });
});
