import type { NetworkWeights } from '../../files/matching/networkWeights';
import type { Layer } from '../../network/layers/layer';
import type { Network } from '../../network/network';
import { rateAt } from '../../protocol/learningRate';
import type {
  Augmentation,
  EpochResult,
  OptimiserSettings,
  Schedule,
} from '../../protocol/training';
import { EngineError } from '../runtime/engineError';
import { yieldToEventLoop } from '../runtime/pacing';
import type { Batches } from './batches';
import { readCheckpoint, restoreOptimiser, writeCheckpoint, writeLearned } from './checkpoint';
import { DivergenceError } from './divergenceError';
import { Draws } from './draws';
import type { Objective } from './objective';
import { Optimiser } from './optimiser';
import { momentumAfter, TrainableModel } from './trainableModel';
import { trainStep } from './trainingStep';
import { validate } from './validation';

/** All that decides what a training makes of its weights, besides its pictures. Plain data. */
export interface TrainingPlan {
  readonly epochs: number;
  readonly schedule: Schedule;
  readonly optimiser: OptimiserSettings;
  readonly augmentation: Augmentation;
  readonly objective: Objective;
  readonly seed: number;
}

/** A step that was taken. */
export interface StepTaken {
  /** How many of how many, over all epochs. */
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  readonly rate: number;
  /** Of the batch, as the accuracy. */
  readonly loss: number;
  readonly accuracy: number;
  /** Running means of this epoch. */
  readonly mean: { readonly loss: number; readonly accuracy: number };
  readonly pictures: number;
  readonly milliseconds: number;
}

interface State {
  readonly plan: TrainingPlan;
  step: number;
  /** Sums over the epoch that is under way. */
  loss: number;
  correct: number;
  seen: number;
  readonly history: EpochResult[];
}

interface TrainingOptions {
  readonly documentId: string;
  readonly network: Network;
  /** The weights that it begins with. */
  readonly weightsOf: (layer: Layer) => NetworkWeights | Promise<NetworkWeights>;
  readonly learns: (layer: Layer) => boolean;
  readonly plan: TrainingPlan;
  readonly batches: Batches;
  readonly heldOut?: Batches;
  /** Where its checkpoint lies; it goes on from one that is there. */
  readonly checkpoint: string;
}

interface TrainingEvents {
  readonly onStep?: (step: StepTaken) => void;
  readonly onEpoch?: (result: EpochResult, epoch: number) => void | Promise<void>;
  /** A checkpoint is on the disk, of so many steps. */
  readonly onCheckpoint?: (step: number) => void;
}

/** A network that learns, epoch after epoch; a checkpoint is on disk after each. */
export class Training {
  private wantsCheckpoint = false;

  private constructor(
    private readonly options: TrainingOptions,
    readonly model: TrainableModel,
    private readonly optimiser: Optimiser,
    private readonly state: State,
  ) {}

  /** Begins, or goes on from the checkpoint; throws an EngineError where that is another training's. */
  static async open(options: TrainingOptions): Promise<Training> {
    const { network, learns, plan } = options;
    const kept = await readCheckpoint(options.checkpoint);
    const state = (kept?.state ?? {
      plan,
      ...{ step: 0, loss: 0, correct: 0, seen: 0, history: [] },
    }) as State;
    if (JSON.stringify(state.plan) !== JSON.stringify(plan)) {
      throw new EngineError(
        `${options.checkpoint} belongs to a training with other settings: move it away or use those`,
      );
    }
    const weightsOf = async (layer: Layer): Promise<NetworkWeights> => {
      const own = await options.weightsOf(layer);
      if (!kept || !learns(layer)) return own;
      return new Map([...own.keys()].map((key) => [key, valuesOf(kept.tensors, key)]));
    };
    const model = await TrainableModel.make(network, { weightsOf, learns });
    const optimiser = new Optimiser(plan.optimiser, state.step);
    if (kept) restoreOptimiser(optimiser, kept);
    return new Training(options, model, optimiser, state);
  }

  get history(): readonly EpochResult[] {
    return this.state.history;
  }

  /** How many steps were taken, of how many. */
  get progress(): Pick<StepTaken, 'step' | 'steps'> {
    const { plan, batches } = this.options;
    return { step: this.state.step, steps: plan.epochs * batches.count };
  }

  /** Asks for a checkpoint after the step that is under way. */
  saveSoon(): void {
    this.wantsCheckpoint = true;
  }

  /**
   * Runs until the last epoch's end or until the signal, which leaves a checkpoint and throws its reason. A loss that is
   * no number throws a DivergenceError and leaves the last checkpoint as it is.
   */
  async run(signal: AbortSignal, events: TrainingEvents = {}): Promise<void> {
    const { plan, batches } = this.options;
    const { state } = this;
    try {
      while (state.history.length < plan.epochs) {
        await yieldToEventLoop();
        signal.throwIfAborted();
        const isWhole = state.step >= (state.history.length + 1) * batches.count;
        if (isWhole) {
          await this.endEpoch(signal, events);
        } else {
          const step = this.takeStep();
          events.onStep?.(step);
        }
        if (isWhole || this.wantsCheckpoint) await this.save(events);
      }
    } catch (error) {
      if (signal.aborted) await this.save(events);
      throw error;
    }
  }

  private takeStep(): StepTaken {
    const { state, optimiser, model } = this;
    const { plan, batches } = this.options;
    const started = performance.now();
    const epoch = state.history.length;
    const steps = plan.epochs * batches.count;
    const rate = rateAt(plan.schedule, { step: state.step, steps, epoch });
    const batch = batches.varied(state.step % batches.count, { ...plan, epoch });
    const seed = new Draws(plan.seed, 'dropout', state.step).whole();
    const { objective } = plan;
    const momentum = momentumAfter(state.step);
    const options = { optimiser, rate, seed, objective, momentum };
    const { loss, predicted } = trainStep(model, batch, options);
    batch.pictures.dispose();
    if (!Number.isFinite(loss)) {
      throw new DivergenceError(
        `the loss is no number after ${state.step} steps at a learning rate of ${rate.toPrecision(3)}: lower it`,
      );
    }
    state.step++;
    state.loss += loss * batch.labels.length;
    const correct = batch.labels.filter((label, index) => predicted[index] === label).length;
    state.correct += correct;
    state.seen += batch.labels.length;
    const mean = { loss: state.loss / state.seen, accuracy: state.correct / state.seen };
    const milliseconds = performance.now() - started;
    const pictures = batch.labels.length;
    const { step } = state;
    const accuracy = correct / pictures;
    return { step, steps, epoch, rate, loss, accuracy, mean, pictures, milliseconds };
  }

  private async endEpoch(signal: AbortSignal, { onEpoch }: TrainingEvents): Promise<void> {
    const { state, model } = this;
    const { plan, heldOut } = this.options;
    const measured = heldOut && (await validate(model, heldOut, plan.objective, signal));
    const result = {
      loss: state.loss / state.seen,
      accuracy: state.correct / state.seen,
      ...(measured && { heldOut: { loss: measured.loss, accuracy: measured.accuracy } }),
    };
    state.history.push(result);
    Object.assign(state, { loss: 0, correct: 0, seen: 0 });
    await onEpoch?.(result, state.history.length - 1);
  }

  private async save({ onCheckpoint }: TrainingEvents): Promise<void> {
    this.wantsCheckpoint = false;
    const { checkpoint, documentId, network } = this.options;
    const { model, optimiser, state } = this;
    await writeCheckpoint(checkpoint, { documentId, network, model, optimiser, state });
    onCheckpoint?.(state.step);
  }

  /** Writes what was learned until the last checkpoint as any other set of weights. */
  async writeLearned(path: string): Promise<void> {
    const { checkpoint, documentId, network } = this.options;
    await writeLearned(path, checkpoint, { documentId, network, model: this.model });
  }

  dispose(): void {
    this.model.dispose();
    this.optimiser.dispose();
  }
}

function valuesOf(
  tensors: ReadonlyMap<string, { readonly values: Float32Array }>,
  key: string,
): Float32Array {
  const values = tensors.get(key)?.values;
  if (values) return values;
  throw new EngineError(`the checkpoint lacks ${key}: it is another training's`);
}
