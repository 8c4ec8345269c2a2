import type { Handlers, CallContext } from '../../protocol/rpc';
import type {
  OpenedTraining,
  TrainerMethods,
  TrainingNews,
  TrainingOrder,
} from '../../protocol/trainerProtocol';
import { Exclusive } from '../../protocol/exclusive';
import { EngineError } from '../runtime/engineError';
import { explainMemory } from '../runtime/outOfMemory';
import { augmentedViews } from './augmentedViews';
import { learnedFilters, learnedMaps } from './livePictures';
import { measureStep } from './measureStep';
import { openTraining, type Opened } from './openedTraining';

/** Of the tasks of a training within an epoch: a process that is killed loses no more than this. */
const checkpointMilliseconds = 120_000;

class Paused extends Error {}

/** Trains in the engine's process; what else is asked is answered between two steps. */
export class Trainer {
  private readonly exclusive = new Exclusive();
  private open: (Opened & { readonly order: TrainingOrder }) | undefined;
  private pause = new AbortController();

  constructor(private readonly wasmDirectory: string) {}

  readonly handlers: Handlers<TrainerMethods> = {
    measureStep: (params, { signal }) =>
      this.exclusive.run(() => explainMemory(() => measureStep(params)), signal),
    augmentedViews: (params) => augmentedViews(params, this.wasmDirectory),
    openTraining: (order, context) =>
      this.exclusive.run(
        () => explainMemory(() => this.openTraining(order, context)),
        context.signal,
      ),
    runTraining: (_, context) => {
      // Now: what pauses it may arrive before its turn does.
      this.pause = new AbortController();
      return this.exclusive.run(() => this.run(context), context.signal);
    },
    pauseTraining: () => this.pause.abort(new Paused()),
    saveLearned: ({ path }) => this.opened().training.writeLearned(path),
    learnedFilters: () => {
      const { training, order } = this.opened();
      return learnedFilters(training.model, order.document.preprocess.order);
    },
    learnedMaps: ({ layer }) => {
      const { training, heldOut, batches } = this.opened();
      return learnedMaps(training.model, layer, heldOut ?? batches);
    },
  };

  private async openTraining(
    order: TrainingOrder,
    { signal, report }: CallContext<TrainerMethods['openTraining']['progress']>,
  ): Promise<OpenedTraining> {
    this.open?.training.dispose();
    this.open?.store.close();
    this.open = undefined;
    const { wasmDirectory } = this;
    const opened = await openTraining(order, { wasmDirectory, signal, report });
    this.open = { ...opened, order };
    const { training, batches, heldOut, store } = opened;
    const { history, progress } = training;
    return {
      ...progress,
      stepsPerEpoch: batches.count,
      history: [...history],
      learned: batches.pictures,
      heldOut: heldOut?.pictures ?? 0,
      broken: store.broken,
    };
  }

  private async run({ signal, report }: CallContext<TrainingNews>): Promise<'done' | 'paused'> {
    const { training } = this.opened();
    let saved = performance.now();
    try {
      await explainMemory(() =>
        training.run(AbortSignal.any([signal, this.pause.signal]), {
          onStep: ({ step, rate, loss, accuracy, pictures }) => {
            report({ kind: 'step', step, rate, loss, accuracy, pictures });
            if (performance.now() - saved > checkpointMilliseconds) training.saveSoon();
          },
          onEpoch: (result) => report({ kind: 'epoch', result }),
          onCheckpoint: (step) => {
            saved = performance.now();
            report({ kind: 'checkpoint', step, epochs: training.history.length });
          },
        }),
      );
      return 'done';
    } catch (error) {
      if (error instanceof Paused) return 'paused';
      throw error;
    }
  }

  private opened(): Opened & { readonly order: TrainingOrder } {
    if (this.open) return this.open;
    throw new EngineError('no training is open');
  }
}
