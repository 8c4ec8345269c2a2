import type { Labelled } from '../evaluate/labelFolder';
import type { FolderTree } from '../evaluate/labelledFolder';
import type { Session } from '../session/session';
import { weightsSource } from '../weights/weightsChoice';
import type { TrainedNetwork, TrainedStore } from './trainedStore';
import type { TrainerProcess } from './trainerProcess';
import type { TrainingFiles } from './trainingFiles';
import { heldOutPictures, planTraining, type TrainingPlan } from './trainingPlan';
import type { TrainingRecord } from './trainingRecord';

export interface TrainingWorkOptions {
  readonly session: Pick<Session, 'documents' | 'weightsChoiceOf'>;
  readonly store: TrainedStore;
  /** The folder at an address. */
  readonly treeOf: (uri: string) => FolderTree;
}

interface OpenOptions {
  readonly signal: AbortSignal;
  /** Hears how far decoding is, from 0 to 1. */
  readonly onPrepared: (fraction: number) => void;
}

/** What is done with a training: its process is given it, and what was learned is kept. */
export class TrainingWork {
  constructor(
    private readonly options: TrainingWorkOptions,
    private readonly process: TrainerProcess,
    private readonly files: TrainingFiles,
  ) {}

  plan(record: TrainingRecord, settings = record.settings): TrainingPlan {
    const base = this.options.session.documents.get(settings.documentId);
    return planTraining(record, base, settings);
  }

  /** Opens a training in the process, at its checkpoint where it has one. */
  async open(record: TrainingRecord, { signal, onPrepared }: OpenOptions): Promise<void> {
    const { session, treeOf } = this.options;
    const { base, document, anew, pictures } = this.plan(record);
    const tree = treeOf(record.of.uri);
    const isBeginning = record.seed === undefined && record.checkpoint.step === 0;
    const order = {
      document,
      base,
      anew,
      folder: this.files.place(record),
      settings: record.settings,
      // One that has begun has its own copy of what it began with.
      weights: isBeginning
        ? await weightsSource(session.weightsChoiceOf(base.id))
        : ({ kind: 'random', seed: record.seed ?? 0 } as const),
      pictures: pictures.map(({ path, label, heldOut }) => {
        return { path: tree.file(path).path ?? '', label, heldOut };
      }),
    };
    const onProgress = ({ fraction }: { readonly fraction: number }): void => onPrepared(fraction);
    record.open(await this.process.open(order, { signal, onProgress }));
  }

  /** The network with what it learned: as it was kept where the training is over, else until the last checkpoint. */
  async learned(record: TrainingRecord): Promise<TrainedNetwork> {
    const isOver = !record.isUnderWay && record.status !== 'paused';
    if (!isOver) return await this.keepLearned(record);
    const networks = this.options.store.list();
    const kept = networks.find(({ document }) => document.id === record.documentId);
    if (kept) return kept;
    throw new Error('what was learned is not there any more: it was removed');
  }

  /** Keeps what was learned until the last checkpoint as a network like any other. */
  async keepLearned(record: TrainingRecord): Promise<TrainedNetwork> {
    const { store, session } = this.options;
    if (record.checkpoint.step === 0) throw new Error('nothing was learned yet');
    if (!this.process.has(this.files.place(record))) {
      const signal = new AbortController().signal;
      await this.open(record, { signal, onPrepared: () => undefined });
    }
    const { document } = this.plan(record);
    const { settings, decoded, progress, of } = record;
    const result = progress.history.at(-1);
    const learned = {
      folder: of.folder.label,
      pictures: decoded.learned,
      heldOut: decoded.heldOut,
      epochs: progress.history.length,
      ...(result && { result }),
      settings,
      date: Date.now(),
    };
    const network = { document, learned };
    await store.keep(network, (path) => this.process.ask('saveLearned', { path }));
    session.documents.add(document);
    return network;
  }

  /** The pictures that a training does not learn from, to be evaluated. */
  heldOut(record: TrainingRecord): Labelled {
    return heldOutPictures(this.options.treeOf(record.of.uri), this.plan(record));
  }
}
