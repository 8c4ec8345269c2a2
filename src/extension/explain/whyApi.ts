import { classReading } from '../../network/classReading';
import type { AlexNetInspectorApi, ChangedRun, ChangeOptions } from '../../../alexnet-inspector';
import { changedPredictions } from '../../host/change/changedView';
import { changeRun } from '../../host/change/changeRun';
import type { WhatIf } from '../../host/change/whatIf';
import { channelShares, explain, sanityCheck } from '../../host/explain/explanations';
import type { Session } from '../../host/session/session';
import { knownTopK } from '../../host/session/topPredictions';
import type { TaskQueue } from '../../host/task/taskQueue';
import type { ExplanationParams } from '../../protocol/explanation';
import type { SanityParams } from '../../protocol/sanityCheck';
import { withSignal } from '../say/progress';

interface WhyContext {
  readonly inspector: { readonly whatIf: WhatIf };
  readonly session: Session;
  readonly tasks: TaskQueue;
}

type Why = 'explain' | 'sanityCheck' | 'change' | 'channelShares';

/** What other extensions may ask of a run: why, and what if. */
export function whyApi(context: WhyContext): Pick<AlexNetInspectorApi, Why> {
  const { session, tasks } = context;
  return {
    explain: (runId, { token, ...request }) =>
      withSignal(token, (signal) =>
        tasks.serve(
          'explaining',
          // The engine checks what a caller may have said.
          (task) => explain(session, { ...request, runId } as ExplanationParams, task),
          signal,
        ),
      ),
    sanityCheck: (runId, { token, ...params }) =>
      withSignal(token, (signal) =>
        tasks.serve(
          'randomising layers',
          (task) => sanityCheck(session, { ...params, runId } as SanityParams, task),
          signal,
        ),
      ),
    change: (runId, options) => changed(context, runId, options),
    channelShares: (runId, { token, ...request }) =>
      withSignal(token, (signal) =>
        tasks.serve(
          'explaining',
          (task) => channelShares(session, { ...request, runId }, task),
          signal,
        ),
      ),
  };
}

/** The engine checks what a caller may have said of the changes. */
async function changed(
  { inspector, session, tasks }: WhyContext,
  from: number,
  options: ChangeOptions,
): Promise<ChangedRun> {
  const { off, erased, token } = options;
  const count = knownTopK(options);
  const changes = { ...(off && { off }), ...(erased && { erased }) };
  const made = await withSignal(token, (signal) =>
    tasks.serve('changing the run', (task) => changeRun(session, from, changes, task), signal),
  );
  inspector.whatIf.show(made, from, changes);
  const { runId, logits, logitsBefore, layers } = made;
  const { labels, network } = session.documents.get(session.runs.documentOf(runId));
  const predictions = changedPredictions(made, labels, classReading(network)).slice(0, count);
  return { runId, predictions, logits, logitsBefore, layers: layers.map(({ name }) => name) };
}
