import { classReading } from '../../network/classReading';
import type { ModelDocument } from '../../network/modelDocument';
import type { EvaluationReport, PanelEvaluation } from '../../protocol/evaluation';
import type { HostMethods, PanelState, PanelWeights } from '../../protocol/panelProtocol';
import type { Handlers } from '../../protocol/rpc';
import { CancelledError } from '../../protocol/rpc';
import { TransferSpeed } from '../download/progressWords';
import { describeError } from '../errors';
import type { FileRef } from '../fileRef';
import { log } from '../log';
import { isSameWish, type Choices } from '../pictures/choices';
import type { PreprocessChoices } from '../session/preprocessChoices';
import { readPicture } from '../session/readPicture';
import type { Session, SessionEngine } from '../session/session';
import { isCancellation } from '../task/task';
import type { TaskQueue } from '../task/taskQueue';
import { evaluationCsv } from './evaluationCsv';
import { runInBatches } from './inBatches';
import type { Labelled } from './labelFolder';
import { Tally } from './tally';

export interface EvaluatorOptions {
  readonly session: Session;
  readonly engine: Pick<SessionEngine, 'call'>;
  readonly tasks: Pick<TaskQueue, 'serve' | 'background'>;
  readonly preprocessing: Pick<PreprocessChoices, 'of' | 'parts'>;
  readonly choices: Pick<Choices, 'wish'>;
  readonly onChange: (change: Pick<PanelState, 'evaluation'>) => void;
  /** Shows pictures in the panel. */
  readonly classify: (files: readonly FileRef[]) => Promise<unknown>;
}

/** One evaluation: what was asked, what came out so far. */
interface Current extends Labelled {
  readonly begun: number;
  readonly document: ModelDocument;
  readonly preparedAsPublished: boolean;
  readonly tally: Tally;
  readonly pace: TransferSpeed;
  /** Pictures per second of late; 0 until it is known. */
  speed: number;
  readonly stop: AbortController;
  /** As they were when it ran: others may be in use by now. */
  weights: PanelWeights;
  status: PanelEvaluation['status'];
  why: string | undefined;
  version: number;
  /** When the page was last told of a new version. */
  told: number;
}

type EvaluatorMethod =
  | 'stopEvaluation'
  | 'evaluationReport'
  | 'evaluatedPictures'
  | 'evaluatedThumbnail'
  | 'showEvaluated';

/** Adding up 50,000 pictures anew takes a moment. */
const reportMilliseconds = 2000;
/** The speed is that of so long. */
const speedMilliseconds = 20_000;

/** Evaluates the network that is shown, with its weights, on labelled folders; keeps the last evaluation. */
export class Evaluator {
  readonly handlers: Pick<Handlers<HostMethods>, EvaluatorMethod>;
  private current: Current | undefined;

  constructor(private readonly options: EvaluatorOptions) {
    this.handlers = {
      ...options.tasks.background({
        showEvaluated: ({ begun, ids }) => {
          const { pictures } = this.evaluation(begun);
          return options.classify(ids.map((id) => pictures.file(id)));
        },
      }),
      stopEvaluation: () => this.stop(),
      evaluationReport: ({ begun }) => this.evaluation(begun).tally.report(),
      evaluatedPictures: ({ begun, ...question }) => this.evaluation(begun).tally.find(question),
      evaluatedThumbnail: async ({ begun, id }) => {
        const bytes = await readPicture(this.evaluation(begun).pictures.file(id));
        return await options.engine.call('thumbnail', { bytes });
      },
    };
  }

  get state(): Pick<PanelState, 'evaluation'> {
    return { evaluation: this.current && this.view(this.current) };
  }

  /** What came out so far; throws where nothing was evaluated. */
  get report(): EvaluationReport {
    return this.evaluation().tally.report();
  }

  /** What became of every picture, as CSV; throws where nothing was evaluated. */
  get csv(): string {
    const { pictures, tally, document } = this.evaluation();
    return evaluationCsv(pictures, tally, document.labels);
  }

  /** Ends what is under way; what is done stays. */
  stop(): void {
    if (this.current?.status === 'running') this.current.stop.abort(new CancelledError());
  }

  /** Forgets the evaluation. */
  clear(): void {
    this.stop();
    this.current = undefined;
    this.tell();
  }

  /** Runs until all pictures are through, or it is stopped. Gives what came out; undefined where nothing did. */
  async evaluate(labelled: Labelled): Promise<PanelEvaluation | undefined> {
    this.stop();
    const current = this.begin(labelled);
    this.current = current;
    this.tell();
    try {
      await this.run(current);
      current.status = 'done';
    } catch (error) {
      current.status = 'stopped';
      if (current.tally.done === 0) {
        if (this.current === current) this.clear();
        if (isCancellation(error)) return undefined;
        throw error;
      }
      if (!isCancellation(error)) current.why = describeError(error);
      log.info(`evaluation: stopped after ${current.tally.done} pictures: ${String(error)}`);
    }
    current.version += 1;
    if (this.current === current) this.tell();
    return this.view(current);
  }

  /** The same for a script, which the panel does not show; errors and cancelling are the caller's. */
  async serve(labelled: Labelled, signal: AbortSignal): Promise<Tally> {
    const current = this.begin(labelled);
    signal.addEventListener('abort', () => current.stop.abort(signal.reason));
    signal.throwIfAborted();
    await this.run(current);
    return current.tally;
  }

  private begin(labelled: Labelled): Current {
    const { session, preprocessing } = this.options;
    const { document } = session;
    const parts = preprocessing.parts(document.id);
    const now = Date.now();
    return {
      ...labelled,
      // Two that begin in the same millisecond are two all the same.
      begun: Math.max(now, (this.current?.begun ?? 0) + 1),
      document,
      preparedAsPublished: Object.keys(parts).length === 0,
      tally: new Tally(labelled.pictures, document.labels, classReading(document.network)),
      pace: new TransferSpeed(speedMilliseconds),
      speed: 0,
      stop: new AbortController(),
      weights: session.weightsOf(document.id),
      status: 'running',
      why: undefined,
      version: 0,
      told: now,
    };
  }

  private async run(current: Current): Promise<void> {
    const { session, engine, tasks, preprocessing, choices } = this.options;
    const { pictures, tally, document, stop } = current;
    const { wish } = choices;
    const { settings: preprocess } = preprocessing.of(document.id);
    await tasks.serve(
      'evaluating',
      (task) =>
        runInBatches(pictures, tally, task, {
          engine,
          document,
          preprocess,
          run: (batch, part) =>
            session.aboutWeights(document.id, 'classifyPrepared', { batch }, part),
          check: () => {
            if (isSameWish(wish, choices.wish)) return;
            throw new Error('another network, other weights or other preprocessing were chosen');
          },
          onBatch: () => this.progress(current),
        }),
      stop.signal,
    );
  }

  private progress(current: Current): void {
    const now = Date.now();
    current.weights = this.options.session.weightsOf(current.document.id);
    current.speed = current.pace.add(current.tally.done, now);
    if (now - current.told >= reportMilliseconds || current.version === 0) {
      current.version += 1;
      current.told = now;
    }
    if (this.current === current) this.tell();
  }

  private tell(): void {
    this.options.onChange(this.state);
  }

  /** The evaluation that was meant; another one may have begun since the page asked. */
  private evaluation(begun = this.current?.begun): Current {
    if (this.current?.begun === begun && this.current) return this.current;
    throw new Error('that evaluation is not kept any more; evaluate the folder again');
  }

  private view(current: Current): PanelEvaluation {
    const { begun, folder, document, preparedAsPublished, status, why, version } = current;
    const { pictures, tally, speed, leftOut } = current;
    const { name, trained, published } = current.weights;
    const { done, unreadable } = tally;
    return {
      begun,
      folder,
      documentId: document.id,
      network: document.title,
      weights: published?.name ?? name,
      trained,
      ...(published && { published }),
      preparedAsPublished,
      status,
      ...(why !== undefined && { why }),
      pictures: pictures.size,
      done,
      unreadable: unreadable.size,
      ...(speed > 0 && { speed, secondsLeft: (pictures.size - done) / speed }),
      leftOut,
      version,
    };
  }
}
