import type { PanelLikes } from '../../protocol/explanationCalls';
import {
  imagineDefaults,
  type Imagined,
  type ImagineProgress,
  type ImagineRequest,
} from '../../protocol/imagining';
import type { Handlers } from '../../protocol/rpc';
import type { PreprocessChoices } from '../session/preprocessChoices';
import type { Session } from '../session/session';
import type { TaskContext } from '../task/task';
import type { TaskQueue } from '../task/taskQueue';

interface Imagining {
  readonly session: Pick<Session, 'aboutWeights' | 'weightsChoiceOf'>;
  readonly preprocessing: Pick<PreprocessChoices, 'of'>;
}

/** About a second on WebAssembly: for so long whatever else a person asks for waits. */
const stepsInTurn = 4;

/**
 * Makes a picture with a document's weights, in the values that its pictures have; other work has its turn every few steps.
 * `onProgress` also hears pictures until then.
 */
export async function imagine(
  { session, preprocessing }: Imagining,
  { documentId, target, settings = {}, from }: PanelLikes['imagine']['params'],
  task: TaskContext,
  onProgress: (progress: ImagineProgress) => void = task.report,
): Promise<Imagined> {
  const { settings: preprocess } = preprocessing.of(documentId);
  const choice = session.weightsChoiceOf(documentId);
  const { steps = imagineDefaults.steps } = settings;
  // A number that makes no sense is for the engine to refuse.
  const isSound = Number.isSafeInteger(steps) && steps > 0;
  const whole = (made: Imagined): Imagined => ({
    ...made,
    recipe: { ...made.recipe, settings: { ...made.recipe.settings, steps } },
  });
  const say = ({ what, fraction, imagined: made }: ImagineProgress): void => {
    if (!made) onProgress({ what, fraction });
    else {
      const { step } = made;
      const said = `step ${step} of ${steps}`;
      onProgress({ what: said, fraction: step / steps, imagined: whole(made) });
    }
  };
  for (let begun: ImagineRequest['from'] = from; ;) {
    if (session.weightsChoiceOf(documentId) !== choice)
      throw new Error('other weights were chosen; begin the picture again');
    const end = isSound ? Math.min(steps, (begun?.step ?? 0) + stepsInTurn) : steps;
    const made: Imagined = await session.aboutWeights(
      documentId,
      'imagine',
      { target, preprocess, settings: { ...settings, steps: end }, ...(begun && { from: begun }) },
      task,
      say,
    );
    if (made.step >= steps) return whole(made);
    begun = made;
  }
}

/** What the page has made. */
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
        { signal },
      ),
  };
}
