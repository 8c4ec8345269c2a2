import type { PanelLikes } from '../../protocol/explanationCalls';
import type { Imagined, ImagineProgress, ImagineRequest } from '../../protocol/imagining';
import type { Handlers } from '../../protocol/rpc';
import type { PreprocessChoices } from '../session/preprocessChoices';
import type { Session } from '../session/session';
import type { TaskContext } from '../task/task';
import type { TaskQueue } from '../task/taskQueue';

interface Imagining {
  readonly session: Pick<Session, 'aboutWeights'>;
  readonly preprocessing: Pick<PreprocessChoices, 'of'>;
}

/** Makes a picture with a document's weights, in the values that its pictures have. `onProgress` also hears pictures until then. */
export function imagine(
  { session, preprocessing }: Imagining,
  { documentId, ...request }: PanelLikes['imagine']['params'],
  task: TaskContext,
  onProgress: (progress: ImagineProgress) => void = task.report,
): Promise<Imagined> {
  const { settings: preprocess } = preprocessing.of(documentId);
  // Word by word: the engine is handed nothing else that a caller may have put in.
  const { target, settings, from }: ImagineRequest = request;
  const params = { target, preprocess, ...(settings && { settings }), ...(from && { from }) };
  return session.aboutWeights(documentId, 'imagine', params, task, onProgress);
}

/** What the page has made; it takes long, so that it gives way to what a person asks for. */
export function imagineReads(
  imagining: Imagining,
  tasks: Pick<TaskQueue, 'read'>,
): Pick<Handlers<PanelLikes>, 'imagine'> {
  return {
    imagine: (params, { signal, report }) =>
      tasks.read(
        'making a picture',
        (task) =>
          imagine(imagining, params, task, (progress) => {
            const { what, fraction } = progress;
            task.report({ what, fraction });
            report(progress);
          }),
        { signal, givesWay: true },
      ),
  };
}
