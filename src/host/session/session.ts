import { rm } from 'node:fs/promises';
import type { VariantId } from '../../library/variant';
import type { PreprocessParts } from '../../network/preprocess/changedParts';
import type { EngineMethods, EngineRun, SavedWeights } from '../../protocol/engineProtocol';
import type { PanelWeights, RunView } from '../../protocol/panelProtocol';
import { ClosedError } from '../../protocol/rpc';
import { Emitter } from '../emitter';
import type { EngineClient } from '../engine/engineClient';
import type { FileRef } from '../fileRef';
import { labelled } from '../labelled';
import { partOf, type Need, type TaskContext } from '../task/task';
import type { TaskQueue } from '../task/taskQueue';
import { saveTarget } from '../weights/saveTarget';
import type { WeightsChoice } from '../weights/weightsChoice';
import { completePreprocess } from './completePreprocess';
import { HeldRuns } from './heldRuns';
import { readPicture } from './readPicture';
import { topPredictions } from './topPredictions';
import { WeightsInUse } from './weightsInUse';

interface ClassifyOptions {
  /** Parts that replace the variant's own; the variant is the one shown when the picture's turn comes. */
  readonly preprocess?: (variant: VariantId) => PreprocessParts;
  /** Only the result is wanted: the run is not kept. */
  readonly passing?: boolean;
}

/** A picture that went through the network, and the circumstances. */
export interface SessionRun extends Pick<EngineRun, 'logits' | 'thumbnail'> {
  readonly view: RunView;
  readonly file: FileRef;
  /** Of the weights that ran. */
  readonly weightsId: number;
}

/** What a session asks of the engine's client. */
export type SessionEngine = Pick<EngineClient, 'start' | 'call' | 'pid' | 'runs' | 'onDidChange'>;

const shownPredictions = 5;

/** How much of the progress of a first classification the weights take. */
const weightsShare = 0.7;

/** What is shown and run: the variant, its weights, the last picture. The engine is brought up to date when work needs it. */
export class Session {
  private readonly inUse: WeightsInUse;
  private readonly changed = new Emitter<void>();
  private shown: VariantId;

  /** What can still be asked of earlier pictures. */
  readonly runs: HeldRuns;
  /** Something that the panel shows has changed. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly engine: SessionEngine,
    private readonly tasks: TaskQueue,
    variant: VariantId,
  ) {
    this.shown = variant;
    this.inUse = new WeightsInUse(engine);
    this.inUse.onDidChange(() => this.changed.fire());
    this.runs = new HeldRuns(engine);
  }

  get variant(): VariantId {
    return this.shown;
  }

  get weights(): PanelWeights {
    return this.inUse.of(this.shown);
  }

  /** Changes whenever the values may have. */
  get weightsId(): number {
    return this.inUse.idOf(this.shown);
  }

  showVariant(variant: VariantId): void {
    if (variant === this.shown) return;
    this.shown = variant;
    this.tasks.endIdleBut(variant);
    this.changed.fire();
  }

  /** Readies the engine for the shown variant in the background: what is asked for meanwhile goes first or joins in. */
  warmUp(): void {
    const variant = this.shown;
    this.tasks.idle('warming up', variant, async (task) => {
      await task.turn(() => this.inUse.ensureLoaded(variant, task));
      // The picture that joined warms as well as zeros do.
      if (task.endJoining()) return;
      await task.turn(() => this.engine.call('warmUp', undefined, { signal: task.signal }));
    });
  }

  /** Takes up weights that were chosen before; the engine loads them when it needs them. */
  restoreWeights(variant: VariantId, choice: WeightsChoice): void {
    this.inUse.restore(variant, choice);
  }

  /** Goes back to random weights where these are in use. */
  dropWeights(isDropped: (choice: WeightsChoice) => boolean): void {
    this.inUse.drop(isDropped);
  }

  /** Loads weights and shows the variant they are for; on failure all stays as it was. */
  loadWeights(choice: WeightsChoice, task: TaskContext): Promise<PanelWeights> {
    return task.turn(async () => {
      const info = await this.inUse.choose(this.shown, choice, task);
      this.shown = info.variant;
      this.changed.fire();
      return info;
    });
  }

  classify(
    file: FileRef,
    task: TaskContext,
    { preprocess: partsFor, passing = false }: ClassifyOptions = {},
  ): Promise<SessionRun> {
    return task.turn(
      async () => {
        // It starts while the picture is read; a failure is met below.
        this.engine.start().catch(() => undefined);
        const bytes = await readPicture(file);
        const variant = this.shown;
        const rest = await this.ready(variant, task);
        const weightsId = this.inUse.idOf(variant);
        const { backend } = await this.engine.start();
        const preprocess = completePreprocess(variant, partsFor?.(variant));
        const runId = this.runs.begin();
        const params = { runId, bytes, preprocess, passing };
        const { logits, thumbnail, ...maps } = await this.engine
          .call('classify', params, { signal: rest.signal, onProgress: rest.report })
          .catch((error: unknown) => {
            throw labelled(file.name, error);
          });
        const { trained, name, published } = this.inUse.of(variant);
        const weights = published?.name ?? name;
        const predictions = topPredictions(logits, shownPredictions);
        const made = { runId, name: file.label, variant, backend, preprocess, trained, weights };
        return { view: { ...maps, ...made, predictions }, logits, thumbnail, file, weightsId };
      },
      need(this.shown, task),
    );
  }

  /** Writes the shown variant's weights to a file; what the engine leaves unfinished is cleared away. */
  async saveWeights(
    file: Pick<FileRef, 'name' | 'path'>,
    task: TaskContext,
  ): Promise<SavedWeights> {
    const target = saveTarget(file);
    try {
      return await this.aboutWeights(this.shown, 'saveWeights', target, task);
    } catch (error) {
      // An engine that went away could not do so itself.
      if (error instanceof ClosedError) await rm(target.part, { recursive: true, force: true });
      throw error;
    }
  }

  /** Has the engine work on a variant's weights; they are loaded first where they are not. */
  aboutWeights<K extends 'weightSummary' | 'filters' | 'saveWeights'>(
    variant: VariantId,
    method: K,
    params: EngineMethods[K]['params'],
    task: TaskContext,
  ): Promise<EngineMethods[K]['result']> {
    return task.turn(
      async () => {
        const { signal, report } = await this.ready(variant, task);
        return await this.engine.call(method, params, { signal, onProgress: report });
      },
      need(variant, task),
    );
  }

  dispose(): void {
    this.inUse.dispose();
    this.changed.dispose();
  }

  /** Brings the engine to this variant and its weights; gives the part of the task that is left after that. */
  private async ready(variant: VariantId, task: TaskContext): Promise<TaskContext> {
    const loading = partOf(task, (fraction) => fraction * weightsShare);
    if (!(await this.inUse.ensureLoadedOrGiveUp(variant, loading))) return task;
    return partOf(task, (fraction) => weightsShare + (1 - weightsShare) * fraction);
  }
}

function need(network: VariantId, { report }: TaskContext): Need {
  return { network, report };
}
