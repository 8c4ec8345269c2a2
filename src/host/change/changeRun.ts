import type { RunChanges } from '../../protocol/changedRun';
import type { ChangedRun } from '../../protocol/engineProtocol';
import type { Session } from '../session/session';
import type { TaskContext } from '../task/task';

export interface MadeRun extends ChangedRun {
  readonly runId: number;
}

/** A kept run as it would have been; the weights in use must be those that made it. */
export function changeRun(
  session: Pick<Session, 'aboutRun' | 'runs'>,
  from: number,
  changes: RunChanges,
  task: TaskContext,
): Promise<MadeRun> {
  return session.aboutRun(from, task, async (signal) => {
    const runId = session.runs.begin(session.runs.documentOf(from));
    return { runId, ...(await session.runs.change({ runId, from, changes }, signal)) };
  });
}
