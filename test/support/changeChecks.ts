import { strict as assert } from 'node:assert';
import { changeRun } from '../../src/engine/change/changeRun';
import { channelsAlive, layerMap } from '../../src/engine/explain/camMethod';
import { spansOf } from '../../src/engine/explain/cellScores';
import { layerShares } from '../../src/engine/explain/layerShares';
import type { BuiltModel } from '../../src/engine/model/builtModel';
import type { StoredRun } from '../../src/engine/run/runStore';
import { mapShape } from '../../src/network/tensor/cell';
import type { Explanation, ExplanationRequest } from '../../src/protocol/explanation';
import { assertInRange, type ClassFixture, type ExplanationFixture } from './explanationFixtures';

/** A network on a picture, and what other frameworks say of it. */
export interface Subject {
  readonly fixture: ExplanationFixture;
  readonly model: BuiltModel;
  readonly run: StoredRun;
  readonly explain: (request: ExplanationRequest) => Promise<Explanation>;
}

export type Check = (subject: Subject, top: ClassFixture) => Promise<void>;

export const quiet = {
  signal: new AbortController().signal,
  report: () => undefined,
  runOf: () => assert.fail('no other run is asked for'),
};

const changing = { ...quiet, runId: 99 };

/** A run as it would have been, beside what others say of the same. */
export const changeChecks = {
  'a run without a channel, for some of all': async ({ model, run }, top) => {
    const { shape, values } = layerMap(run, 'conv5');
    const scores = top.cams['conv5']!['ablationCam']!.scores!;
    const alive = channelsAlive(values, shape[2]);
    const range = Math.max(...scores) - Math.min(...scores);
    for (const channel of [alive[0]!, alive[alive.length >> 1]!, alive.at(-1)!]) {
      const { seen } = await changeRun(run, model, { off: { conv5: [channel] } }, changing);
      const { logits } = seen;
      const off = Math.abs(logits[top.class]! - scores[channel]!);
      assert.ok(off < 1e-3 * range, `${channel}: ${logits[top.class]}, not ${scores[channel]}`);
      assert.ok(Math.abs(seen.logitsBefore[top.class]! - top.logit) < 1e-3);
    }
  },
  'a picture erased cell by cell, and all of it': async ({ model, run }, top) => {
    const { order, deletion } = top.curves!;
    const [height, width] = mapShape(run.input.shape);
    const [rows, columns] = [spansOf(height, 14), spansOf(width, 14)];
    const logits: number[] = [];
    for (const step of [0, 1, 9, 28]) {
      const areas = order.slice(0, 7 * step).map((cell) => {
        const [[top = 0, bottom = 0] = [], [left = 0, right = 0] = []] = [
          rows[Math.floor(cell / 14)],
          columns[cell % 14],
        ];
        return { top, left, height: bottom - top, width: right - left };
      });
      const erased = { areas, fill: 'zero' } as const;
      const { seen } = await changeRun(run, model, { erased }, changing);
      logits.push(seen.logits[top.class]!);
    }
    const expected = [0, 1, 9, 28].map((step) => deletion.logit[step]!);
    assertInRange(logits, expected, 'erased');
    assert.ok(Math.abs(logits.at(-1)! - top.baselineLogit) < 1e-3);
  },
  "channels' shares": async ({ model, run, explain }, top) => {
    const target = { class: top.class };
    const { map } = await explain({ method: 'gradCam', target, layer: 'conv5' });
    const { shares, value } = await layerShares(run, model, { layer: 'conv5', target }, quiet);
    const sum = (values: Float32Array): number => values.reduce((a, b) => a + b, 0);
    const size = shares.reduce((a, b) => a + Math.abs(b), 0);
    assert.ok(Math.abs(sum(shares) - sum(map.data)) < 1e-4 * size);
    assert.ok(Math.abs(value - top.logit) < 1e-3);
  },
} as const satisfies Readonly<Record<string, Check>>;
