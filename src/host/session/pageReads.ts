import type { HostMethods } from '../../protocol/panelProtocol';
import type { Handlers } from '../../protocol/rpc';
import type { TaskQueue } from '../task/taskQueue';
import type { Session } from './session';

type Tasks = Pick<TaskQueue, 'read'>;
type Reads = Handlers<HostMethods>;
/** Gives the number of a run that the engine holds, made again where it has to be. */
type Held = (runId: number) => Promise<number>;

/** What the page reads of a document and of the run on screen, beside what a person asked for. */
export function pageReads(
  session: Session,
  tasks: Tasks,
  held: Held,
): Pick<Reads, 'labels' | 'weightSummary' | 'filters' | 'explain'> {
  return {
    labels: ({ documentId }) => session.documents.get(documentId).labels.names,
    weightSummary: ({ documentId, ...params }) =>
      tasks.read('reading weights', (task) =>
        session.aboutWeights(documentId, 'weightSummary', params, task),
      ),
    filters: ({ documentId, ...params }) =>
      tasks.read('reading filters', (task) =>
        session.aboutWeights(documentId, 'filters', params, task),
      ),
    explain: explanationRead(session, tasks, held),
  };
}

/** Why a picture was taken for what it was; takes long, so that it gives way to what a person asks for. */
export function explanationRead(
  session: Pick<Session, 'explain'>,
  tasks: Tasks,
  held: Held,
): Reads['explain'] {
  return async ({ runId, ...request }, { signal, report }) => {
    // Before the task, which would give way to what brings the run back.
    const kept = await held(runId);
    return await tasks.read(
      'explaining',
      (task) =>
        session.explain({ ...request, runId: kept }, task, (progress) => {
          const { what, fraction } = progress;
          task.report({ what, fraction });
          report(progress);
        }),
      { signal, givesWay: true },
    );
  };
}
