import type { LayerShares, SharesRequest } from '../../protocol/changedRun';
import type {
  Explanation,
  ExplanationParams,
  ExplanationProgress,
} from '../../protocol/explanation';
import type { PanelExplanations } from '../../protocol/explanationCalls';
import type { SanityCheck, SanityParams, SanityProgress } from '../../protocol/sanityCheck';
import type { Handlers } from '../../protocol/rpc';
import type { Session } from '../session/session';
import type { TaskContext } from '../task/task';
import type { TaskQueue } from '../task/taskQueue';

type Explained = Pick<Session, 'aboutRun' | 'runs'>;

/** Gives the number of a run that the engine holds, made again where it has to be. */
type Held = (runId: number) => Promise<number>;

/**
 * Which parts of a kept run's picture made it so; the weights in use must be those that made it. `onProgress` also hears
 * maps to show until then.
 */
export function explain(
  session: Explained,
  params: ExplanationParams,
  task: TaskContext,
  onProgress: (progress: ExplanationProgress) => void = task.report,
): Promise<Explanation> {
  return session.aboutRun(params.runId, task, (signal) =>
    session.runs.why('explain', params, { signal, onProgress }),
  );
}

/**
 * Which methods' maps of a kept run stay while the network's layers become random; the weights in use stay as they are.
 * `onProgress` also hears what is known of them until then.
 */
export function sanityCheck(
  session: Explained,
  params: SanityParams,
  task: TaskContext,
  onProgress: (progress: SanityProgress) => void = task.report,
): Promise<SanityCheck> {
  return session.aboutRun(params.runId, task, (signal) =>
    session.runs.why('sanityCheck', params, { signal, onProgress }),
  );
}

/** What each channel of a layer adds to a target of a kept run; the weights in use must be those that made it. */
export function channelShares(
  session: Explained,
  params: SharesRequest & { readonly runId: number },
  task: TaskContext,
): Promise<LayerShares> {
  return session.aboutRun(params.runId, task, (signal) =>
    session.runs.why('channelShares', params, { signal }),
  );
}

/** What the page reads of why; it takes long, so that it gives way to what a person asks for. */
export function explanationReads(
  session: Explained,
  tasks: Pick<TaskQueue, 'read'>,
  held: Held,
): Omit<Handlers<PanelExplanations>, 'exportExplanation'> {
  return {
    explain: async ({ runId, ...request }, { signal, report }) => {
      // Before the task, which would give way to what brings the run back.
      const kept = await held(runId);
      return await tasks.read(
        'explaining',
        (task) => explain(session, { ...request, runId: kept }, task, toBoth(task, report)),
        { signal, givesWay: true },
      );
    },
    sanityCheck: async ({ runId, ...params }, { signal, report }) => {
      const kept = await held(runId);
      return await tasks.read(
        'randomising layers',
        (task) => sanityCheck(session, { ...params, runId: kept }, task, toBoth(task, report)),
        { signal, givesWay: true },
      );
    },
    layerCams: async ({ runId, target }, { signal }) => {
      const kept = await held(runId);
      return await tasks.read(
        'explaining every layer',
        (task) =>
          session.aboutRun(kept, task, (wanted) =>
            session.runs.why('layerCams', { runId: kept, target }, { signal: wanted }),
          ),
        { signal },
      );
    },
    channelShares: async ({ runId, ...request }) => {
      const kept = await held(runId);
      return await tasks.read('weighing channels', (task) =>
        channelShares(session, { ...request, runId: kept }, task),
      );
    },
  };
}

/** Tells the page all, and the task how far it is. */
function toBoth<P extends { readonly what: string; readonly fraction: number }>(
  task: TaskContext,
  report: (progress: P) => void,
): (progress: P) => void {
  return (progress) => {
    const { what, fraction } = progress;
    task.report({ what, fraction });
    report(progress);
  };
}
