import type { ClassReading } from '../../network/classReading';
import type { ClassLabels } from '../../network/modelDocument';
import type { RunChanges } from '../../protocol/changedRun';
import type { ChangedRun } from '../../protocol/engineProtocol';
import type { ChangedPrediction, ChangedRunView } from '../../protocol/whatIf';
import { topPredictions } from '../session/topPredictions';

const shownPredictions = 5;

interface About {
  readonly runId: number;
  readonly of: number;
  readonly changes: RunChanges;
  readonly wish: number;
  readonly labels: ClassLabels;
  readonly reading: ClassReading;
}

/** What the page draws of a changed run. */
export function changedView(
  made: ChangedRun,
  { labels, reading, ...about }: About,
): ChangedRunView {
  const { logits: _, logitsBefore: before, ...rest } = made;
  const all = changedPredictions(made, labels, reading);
  const predictions = all.slice(0, shownPredictions);
  const topBefore = new Set(
    topPredictions(before, shownPredictions, labels, reading).map(({ index }) => index),
  );
  const left = all.slice(shownPredictions).filter(({ index }) => topBefore.has(index));
  return { ...rest, ...about, predictions, left };
}

/** All classes, the most probable first, each with what it was before. */
export function changedPredictions(
  { logits, logitsBefore }: Pick<ChangedRun, 'logits' | 'logitsBefore'>,
  labels: ClassLabels,
  reading: ClassReading,
): readonly ChangedPrediction[] {
  const before = new Map(
    topPredictions(logitsBefore, logitsBefore.length, labels, reading).map(
      ({ index, probability }) => [index, probability],
    ),
  );
  return topPredictions(logits, logits.length, labels, reading).map((prediction) => ({
    ...prediction,
    before: before.get(prediction.index) ?? 0,
  }));
}
