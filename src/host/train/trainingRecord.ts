import type { OpenedTraining, TrainingNews } from '../../protocol/trainerProtocol';
import type {
  CurvePoint,
  EpochResult,
  LivePicture,
  PanelTraining,
  TrainingSettings,
} from '../../protocol/training';
import { TransferSpeed } from '../download/progressWords';
import { Curve } from './curve';
import { trainingData, type TrainingFolder } from './trainingFolder';

/** How far a training is, by its last checkpoint where there is one. */
export interface TrainingProgress {
  readonly step: number;
  readonly steps: number;
  readonly stepsPerEpoch: number;
  readonly history: readonly EpochResult[];
}

/** What is kept of a training for the window after this one. */
export interface KeptTraining {
  readonly format: 1;
  readonly begun: number;
  readonly uri: string;
  readonly status: PanelTraining['status'];
  readonly settings: TrainingSettings;
  /** The seed of the random weights that it began with; undefined where it began with others. */
  readonly seed?: number;
  readonly progress: TrainingProgress;
  readonly curve: readonly CurvePoint[];
}

interface TrainingOf {
  readonly begun: number;
  /** The address of the folder. */
  readonly uri: string;
  readonly folder: TrainingFolder;
  readonly settings: TrainingSettings;
}

/** The speed is that of so long. */
const speedMilliseconds = 20_000;

/** One training: where its pictures are, what was asked, how far it is. */
export class TrainingRecord {
  status: PanelTraining['status'] = 'asking';
  why: string | undefined;
  /** How far decoding is. */
  prepared: number | undefined;
  settings: TrainingSettings;
  seed: number | undefined;
  progress: TrainingProgress = { step: 0, steps: 0, stepsPerEpoch: 0, history: [] };
  /** What the last checkpoint has. */
  checkpoint = { step: 0, epochs: 0 };
  curve = new Curve(1);
  /** How many pictures are learned from and held out, once they are decoded. */
  decoded = { learned: 0, heldOut: 0 };
  broken: PanelTraining['data']['broken'] = [];
  version = 0;
  /** The last ones, for when the process that trains is gone. */
  filters: LivePicture | null = null;
  readonly maps = new Map<string, LivePicture>();
  private pace = new TransferSpeed(speedMilliseconds);
  private seen = 0;
  private speed = 0;

  constructor(readonly of: TrainingOf) {
    this.settings = of.settings;
  }

  get begun(): number {
    return this.of.begun;
  }

  /** What is learned becomes a document of this id. */
  get documentId(): string {
    return `trained-${this.begun.toString(36)}`;
  }

  get isUnderWay(): boolean {
    return this.status === 'preparing' || this.status === 'running';
  }

  /** The process has taken up the training: its checkpoint says where it stands. */
  open({ step, steps, stepsPerEpoch, history, learned, heldOut, broken }: OpenedTraining): void {
    this.progress = { step, steps, stepsPerEpoch, history };
    this.checkpoint = { step, epochs: history.length };
    this.decoded = { learned, heldOut };
    this.curve = new Curve(steps, this.curve.points);
    this.curve.cut(step);
    this.broken = broken.map(({ path, why }) => ({ name: this.nameOf(path), why }));
    this.prepared = undefined;
    this.pace = new TransferSpeed(speedMilliseconds);
    this.seen = 0;
    this.speed = 0;
    this.version += 1;
  }

  take(news: TrainingNews, now: number): void {
    if (news.kind === 'step') {
      const { step, loss, accuracy, rate, pictures } = news;
      this.progress = { ...this.progress, step };
      this.curve.add({ step, loss, accuracy, rate });
      this.seen += pictures;
      this.speed = this.pace.add(this.seen, now);
    } else if (news.kind === 'epoch') {
      const { history } = this.progress;
      this.progress = { ...this.progress, history: [...history, news.result] };
      this.version += 1;
    } else {
      const { step, epochs } = news;
      this.checkpoint = { step, epochs };
    }
  }

  get view(): PanelTraining {
    const { begun, settings, status, why, prepared, progress, checkpoint, version } = this;
    const { folder } = this.of;
    const left = progress.steps - progress.step;
    const perStep = this.decoded.learned / Math.max(1, progress.stepsPerEpoch);
    const isMoving = status === 'running' && this.speed > 0;
    return {
      begun,
      folder: folder.label,
      status,
      ...(why !== undefined && { why }),
      settings,
      data: { ...trainingData(folder), broken: this.broken },
      ...(prepared !== undefined && { prepared }),
      ...progress,
      ...(isMoving && {
        picturesPerSecond: this.speed,
        secondsLeft: (left * perStep) / this.speed,
      }),
      ...(checkpoint.step > 0 && {
        learned: { documentId: this.documentId, epochs: checkpoint.epochs },
      }),
      version,
    };
  }

  get kept(): KeptTraining {
    const { begun, status, settings, seed, progress, curve } = this;
    const { uri } = this.of;
    const random = seed === undefined ? {} : { seed };
    return { format: 1, begun, uri, status, settings, ...random, progress, curve: curve.points };
  }

  /** A training of an earlier window, which waits until a person goes on with it. */
  static restored(kept: KeptTraining, folder: TrainingFolder): TrainingRecord {
    const { begun, uri, settings, seed, progress, curve } = kept;
    const record = new TrainingRecord({ begun, uri, folder, settings });
    record.status = 'paused';
    record.seed = seed;
    record.progress = progress;
    record.checkpoint = { step: progress.step, epochs: progress.history.length };
    record.curve = new Curve(progress.steps, curve);
    return record;
  }

  /** Below the folder, where it lies in it. */
  private nameOf(path: string): string {
    const parts = path.split(/[\\/]/);
    return parts.slice(-2).join('/');
  }
}
