import { constants, setPriority } from 'node:os';
import type { Progress } from '../../protocol/engineProtocol';
import type { CallOptions } from '../../protocol/rpc';
import type {
  MeasuredStep,
  OpenedTraining,
  StepToMeasure,
  TrainerMethods,
  TrainingNews,
  TrainingOrder,
} from '../../protocol/trainerProtocol';
import type { EngineClient } from '../engine/engineClient';
import { log } from '../log';
import { stepKey } from './cost';
import type { TrainingRecord } from './trainingRecord';

/** The client of a process of its own. */
export type TrainerEngine = Pick<EngineClient, 'start' | 'train' | 'stop' | 'pid'>;

/**
 * For its process: glibc keeps what a step's tensors took for the next step's, where it would map all of it anew, which
 * takes a tenth of a step or more. Other allocators do not read it.
 */
export const trainerEnvironment = {
  MALLOC_MMAP_THRESHOLD_: `${2 ** 30}`,
  MALLOC_TRIM_THRESHOLD_: `${2 ** 32}`,
};

/** The process that trains: which training it has open, and what was measured in it. */
export class TrainerProcess {
  private opened: { readonly folder: string; readonly pid: number | undefined } | undefined;
  private slowed: number | undefined;
  private readonly measured = new Map<string, Promise<MeasuredStep>>();

  constructor(private readonly engine: TrainerEngine) {}

  /** Whether the process has this training open, named by its folder. */
  has(folder: string): boolean {
    const { opened, engine } = this;
    return opened?.folder === folder && opened.pid === engine.pid && engine.pid !== undefined;
  }

  /** Opens a training at its checkpoint. */
  async open(
    order: TrainingOrder,
    options: {
      readonly signal: AbortSignal;
      readonly onProgress: (progress: Progress) => void;
    },
  ): Promise<OpenedTraining> {
    this.opened = undefined;
    const opened = await this.ask('openTraining', order, options);
    this.opened = { folder: order.folder, pid: this.engine.pid };
    return opened;
  }

  run(onProgress: (news: TrainingNews) => void): Promise<'done' | 'paused'> {
    return this.ask('runTraining', undefined, { onProgress });
  }

  /** Times a step; the next time it is known. */
  measure(step: StepToMeasure): Promise<MeasuredStep> {
    const key = stepKey(step);
    const known = this.measured.get(key);
    if (known) return known;
    const measured = this.ask('measureStep', step);
    this.measured.set(key, measured);
    measured.catch(() => this.measured.delete(key));
    return measured;
  }

  async ask<K extends keyof TrainerMethods>(
    method: K,
    params: TrainerMethods[K]['params'],
    options: CallOptions<TrainerMethods[K]['progress']> = {},
  ): Promise<TrainerMethods[K]['result']> {
    await this.engine.start();
    this.slow();
    return await this.engine.train(method, params, options);
  }

  /** Takes the last filters from a process that is about to end; the maps are those that were looked at. */
  async rememberPictures(
    record: Pick<TrainingRecord, 'filters' | 'maps'>,
    folder: string,
  ): Promise<void> {
    if (!this.has(folder)) return;
    record.filters = await this.ask('learnedFilters', undefined);
    for (const layer of record.maps.keys()) {
      const maps = await this.ask('learnedMaps', { layer });
      if (maps) record.maps.set(layer, maps);
    }
  }

  /** Ends it: nobody needs it any more. */
  end(): void {
    this.opened = undefined;
    this.engine.stop();
  }

  /** What a person does meanwhile goes first. */
  private slow(): void {
    const { pid } = this.engine;
    if (pid === undefined || pid === this.slowed) return;
    this.slowed = pid;
    try {
      setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
    } catch (error) {
      log.debug(`training: process ${pid} keeps its priority: ${String(error)}`);
    }
  }
}
