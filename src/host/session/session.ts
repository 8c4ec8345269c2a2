import { rm } from 'node:fs/promises';
import type { ModelDocument } from '../../network/modelDocument';
import { withParts, type PreprocessParts } from '../../network/preprocess/changedParts';
import type {
  EngineMethods,
  EngineRun,
  SaveParams,
  SavedWeights,
} from '../../protocol/engineProtocol';
import type { PanelWeights, RunView } from '../../protocol/panelProtocol';
import { ClosedError } from '../../protocol/rpc';
import type { Documents } from '../documents';
import { Emitter } from '../emitter';
import type { EngineClient } from '../engine/engineClient';
import type { FileRef } from '../fileRef';
import { describeError, labelled } from '../errors';
import { partOf, type Need, type TaskContext } from '../task/task';
import type { TaskQueue } from '../task/taskQueue';
import type { AskAboutFile } from '../weights/fileQuestion';
import { readingsOfWindow, type FileReadings } from '../weights/fileReadings';
import { saveTarget } from '../weights/saveTarget';
import { randomChoice, type WeightsChoice } from '../weights/weightsChoice';
import { HeldRuns } from './heldRuns';
import { readPicture } from './readPicture';
import { classReading } from '../../network/classReading';
import { topPredictions } from './topPredictions';
import { WeightsInUse } from './weightsInUse';

export interface ClassifyOptions {
  /** Parts that replace the document's own; the document is the one shown when the picture's turn comes. */
  readonly preprocess?: (documentId: string) => PreprocessParts;
  /** Only the result is wanted: the run is not kept. */
  readonly passing?: boolean;
}

/** A picture that went through the network, and the circumstances. */
export interface SessionRun extends Pick<EngineRun, 'logits' | 'thumbnail'> {
  readonly view: RunView;
  readonly file: FileRef;
  /** Of the document that ran, and of its weights. */
  readonly version: number;
  readonly weightsId: number;
}

/** What became of a picture: how it was taken, or in a sentence why it could not be read. */
export type PictureOutcome = { readonly file: FileRef } & (
  | { readonly view: RunView }
  | { readonly why: string }
);

/** What a session asks of the engine's client. */
export type SessionEngine = Pick<EngineClient, 'start' | 'call' | 'pid' | 'runs' | 'onDidChange'>;

/** What is asked of weights, whatever picture was run with them. */
type AboutWeights =
  | 'weightSummary'
  | 'filters'
  | 'saveWeights'
  | 'classifyPrepared'
  | 'imagine'
  | 'strongestCells';

const shownPredictions = 5;

/** How much of the progress of a first classification the weights take. */
const weightsShare = 0.7;

/** What is shown and run: the document, its weights, the last picture. The engine is brought up to date when work needs it. */
export class Session {
  private readonly inUse: WeightsInUse;
  private readonly changed = new Emitter<void>();
  private readonly classified = new Emitter<PictureOutcome>();
  private shown: string;

  /** What can still be asked of earlier pictures. */
  readonly runs: HeldRuns;
  /** Something that the panel shows has changed. */
  readonly onDidChange = this.changed.event;
  /** A picture ran, or showed that it cannot be read. */
  readonly onDidClassify = this.classified.event;

  constructor(
    private readonly engine: SessionEngine,
    private readonly tasks: TaskQueue,
    readonly documents: Documents,
    documentId: string,
    /** What a document runs with until a person chooses. */
    readonly standardWeights: (documentId: string) => WeightsChoice = () => randomChoice,
    /** What files of weights are, as a person said; of this window only where it is left out. */
    readonly readings: FileReadings = readingsOfWindow(documents),
  ) {
    this.shown = documents.get(documentId).id;
    this.inUse = new WeightsInUse(engine, documents, standardWeights, readings);
    this.inUse.onDidChange(() => this.changed.fire());
    this.runs = new HeldRuns(engine);
  }

  get documentId(): string {
    return this.shown;
  }

  /** The document that is shown. */
  get document(): ModelDocument {
    return this.documents.get(this.shown);
  }

  get weights(): PanelWeights {
    return this.inUse.of(this.shown);
  }

  /** What a document that need not be shown runs with. */
  weightsOf(documentId: string): PanelWeights {
    return this.inUse.of(documentId);
  }

  /** Changes whenever the values may have. */
  get weightsId(): number {
    return this.inUse.idOf(this.shown);
  }

  /** What was chosen for the shown document; the same object until another choice is made. */
  get weightsChoice(): WeightsChoice {
    return this.inUse.choiceOf(this.shown);
  }

  /** The same for a document that need not be shown. */
  weightsChoiceOf(documentId: string): WeightsChoice {
    return this.inUse.choiceOf(documentId);
  }

  /** Shows another document; throws where there is none of that id. */
  showDocument(documentId: unknown): void {
    const { id } = this.documents.get(documentId);
    if (id === this.shown) return;
    this.shown = id;
    this.tasks.endIdleBut(id);
    this.changed.fire();
  }

  /** Readies the engine for the shown document in the background: what is asked for meanwhile goes first or joins in. */
  warmUp(): void {
    const documentId = this.shown;
    this.tasks.idle('warming up', documentId, async (task) => {
      await task.turn(() => this.inUse.ensureLoaded(documentId, task));
      // The picture that joined warms as well as zeros do.
      if (task.endJoining()) return;
      await task.turn(() => this.engine.call('warmUp', undefined, { signal: task.signal }));
    });
  }

  /** Takes up weights that were chosen before; the engine loads them when it needs them. */
  restoreWeights(documentId: string, choice: WeightsChoice): void {
    this.inUse.restore(documentId, choice);
  }

  /** Goes back to random weights where these are in use. */
  dropWeights(isDropped: (choice: WeightsChoice) => boolean): void {
    this.inUse.drop(isDropped);
  }

  /**
   * Loads weights and shows the document they are for; on failure all stays as it was. A file that leaves open what it is
   * is read as somebody says or said, else as is usual.
   */
  async loadWeights(
    choice: WeightsChoice,
    task: TaskContext,
    ask?: AskAboutFile,
  ): Promise<PanelWeights> {
    const isOpen = choice.kind === 'file' && !choice.learned && !choice.isModel;
    const settled = isOpen ? await this.inUse.settle(this.shown, choice, task, ask) : undefined;
    return await task.turn(async () => {
      const info = await this.inUse.choose(this.shown, choice, task, settled);
      this.shown = info.documentId;
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
        const bytes = await readPicture(file).catch((error: unknown) => {
          throw this.refused(file, error);
        });
        const documentId = this.shown;
        const rest = await this.ready(documentId, task);
        const weightsId = this.inUse.idOf(documentId);
        const { backend } = await this.engine.start();
        const document = this.documents.get(documentId);
        const version = this.documents.versionOf(documentId);
        const preprocess = withParts(document.preprocess, partsFor?.(documentId) ?? {});
        const runId = this.runs.begin(documentId);
        const params = { runId, bytes, preprocess, passing };
        const { logits, thumbnail, ...maps } = await this.engine
          .call('classify', params, { signal: rest.signal, onProgress: rest.report })
          .catch((error: unknown) => {
            const named = labelled(file.name, error);
            // Anything else is no fault of the picture's.
            throw named === error ? error : this.refused(file, named);
          });
        const { trained, name, published } = this.inUse.of(documentId);
        const weights = published?.name ?? name;
        const reading = classReading(document.network);
        const predictions = topPredictions(logits, shownPredictions, document.labels, reading);
        const { title: network } = document;
        const of = { documentId, network, backend, preprocess, trained, weights };
        const made = { runId, name: file.label, ...of };
        const view = { ...maps, ...made, predictions };
        this.classified.fire({ file, view });
        return { view, logits, thumbnail, file, version, weightsId };
      },
      need(this.shown, task),
    );
  }

  /** Writes the shown document's weights to a file, or what code loads of them; what the engine leaves unfinished is cleared away. */
  async saveWeights(
    file: Pick<FileRef, 'name' | 'path'>,
    task: TaskContext,
    tensors?: SaveParams['tensors'],
  ): Promise<SavedWeights> {
    const target = { ...saveTarget(file), ...(tensors && { tensors }) };
    try {
      return await this.aboutWeights(this.shown, 'saveWeights', target, task);
    } catch (error) {
      // An engine that went away could not do so itself.
      if (error instanceof ClosedError) await rm(target.part, { recursive: true, force: true });
      throw error;
    }
  }

  /** Has the engine work on a document's weights; they are loaded first where they are not. */
  aboutWeights<K extends AboutWeights>(
    documentId: string,
    method: K,
    params: EngineMethods[K]['params'],
    task: TaskContext,
    onProgress?: (progress: EngineMethods[K]['progress']) => void,
  ): Promise<EngineMethods[K]['result']> {
    return task.turn(
      async () => {
        const { signal, report } = await this.ready(documentId, task);
        return await this.engine.call(method, params, {
          signal,
          onProgress: onProgress ?? report,
        });
      },
      need(documentId, task),
    );
  }

  /**
   * Has the engine work on a kept run; the weights of its document are loaded first where they are not. Throws where the
   * run is not kept.
   */
  async aboutRun<T>(
    runId: number,
    task: TaskContext,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const documentId = this.runs.documentOf(runId);
    return await task.turn(
      async () => {
        const { signal } = await this.ready(documentId, task);
        return await work(signal);
      },
      need(documentId, task),
    );
  }

  dispose(): void {
    this.inUse.dispose();
    this.changed.dispose();
    this.classified.dispose();
  }

  private refused(file: FileRef, error: unknown): unknown {
    this.classified.fire({ file, why: describeError(error) });
    return error;
  }

  /** Brings the engine to this document and its weights; gives the part of the task that is left after that. */
  private async ready(documentId: string, task: TaskContext): Promise<TaskContext> {
    const loading = partOf(task, (fraction) => fraction * weightsShare);
    if (!(await this.inUse.ensureLoadedOrGiveUp(documentId, loading))) return task;
    return partOf(task, (fraction) => weightsShare + (1 - weightsShare) * fraction);
  }
}

function need(network: string, { report }: TaskContext): Need {
  return { network, report };
}
