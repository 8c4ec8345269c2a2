import type { HostMethods } from '../../protocol/panelProtocol';
import type { Handlers } from '../../protocol/rpc';
import type { TaskQueue } from '../task/taskQueue';
import type { Session } from './session';

/** What the page reads of a document, beside what a person asked for. */
export function pageReads(
  session: Session,
  tasks: Pick<TaskQueue, 'read'>,
): Pick<Handlers<HostMethods>, 'labels' | 'weightSummary' | 'filters'> {
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
  };
}
