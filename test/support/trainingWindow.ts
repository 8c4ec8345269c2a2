import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Documents } from '../../src/host/documents';
import { EngineClient } from '../../src/host/engine/engineClient';
import { diskTree } from '../../src/host/evaluate/diskTree';
import type { Labelled } from '../../src/host/evaluate/labelFolder';
import { Session } from '../../src/host/session/session';
import { Trainer } from '../../src/host/train/trainer';
import { TrainedStore, type TrainedNetwork } from '../../src/host/train/trainedStore';
import { randomChoice } from '../../src/host/weights/weightsChoice';
import type { ModelDocument } from '../../src/network/modelDocument';
import { stretchToUnit } from '../../src/network/preprocess/preprocess';
import type { PanelTraining, TrainingSettings } from '../../src/protocol/training';
import { FakeEngine } from './fakeEngine';
import { drawPictures, tinyNetwork, tinyPlan } from './tinyTraining';
import { unseenTasks } from './unseenTasks';
import { waitUntil } from './waiting';

/** A document of no library, whose five classes are not those of the drawn pictures. */
export const tinyDocument: ModelDocument = {
  id: 'tiny',
  title: 'Tiny',
  description: 'An AlexNet small enough for a test',
  origin: { kind: 'library', source: 'a test' },
  network: tinyNetwork,
  preprocess: stretchToUnit,
  labels: { names: ['a', 'b', 'c', 'd', 'e'], source: 'a test' },
  reasons: {},
};

/** Folders of three classes, each with so many drawn pictures. */
export function drawnFolder(folder: string, perClass = 20): string {
  for (const { path, label } of drawPictures(join(folder, 'flat'), perClass)) {
    const place = join(folder, 'drawn', { 0: 'across', 2: 'down', 4: 'disc' }[label] ?? '');
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, path.split(/[\\/]/).at(-1) ?? ''), readFileSync(path));
  }
  return join(folder, 'drawn');
}

/** What a person of a test chooses: all of it quick. */
export const tinySettings: TrainingSettings = {
  documentId: 'tiny',
  start: 'fresh',
  learning: { kind: 'all' },
  epochs: 12,
  batch: 6,
  schedule: { kind: 'oneCycle', rate: 0.05, warmUp: 0.3 },
  optimiser: tinyPlan.optimiser,
  augmentation: tinyPlan.augmentation,
  heldOut: 0.2,
  seed: 7,
};

/** A trainer with a process of its own, and what it told and asked. */
export class TrainingWindow {
  readonly told: PanelTraining[] = [];
  readonly used: TrainedNetwork[] = [];
  readonly evaluated: Labelled[] = [];
  readonly engine: EngineClient;
  readonly documents: Documents;
  readonly store: TrainedStore;
  readonly trainer: Trainer;

  /** `memory` is what an earlier window left. */
  constructor(
    readonly storage: string,
    readonly memory = new Map<string, unknown>(),
    engine?: EngineClient,
  ) {
    this.engine =
      engine ??
      new EngineClient({
        bundle: resolve('dist/engine.js'),
        addon: () => ({ why: 'a test' }),
        settings: () => ({ backend: 'cpu', idleMilliseconds: 60_000 }),
      });
    this.store = new TrainedStore(join(storage, 'trained'), (id) =>
      id === tinyDocument.id ? tinyDocument : undefined,
    );
    this.documents = new Documents([
      tinyDocument,
      ...this.store.list().map(({ document }) => document),
    ]);
    const tasks = unseenTasks();
    this.trainer = new Trainer({
      session: new Session(
        new FakeEngine(),
        tasks,
        this.documents,
        tinyDocument.id,
        (id) => this.store.choiceOf(id) ?? randomChoice,
      ),
      engine: this.engine,
      tasks,
      storage: join(storage, 'training'),
      memory: {
        get: (key) => memory.get(key),
        update: (key, value) => void memory.set(key, value),
      },
      store: this.store,
      treeOf: (uri) => diskTree(fileURLToPath(uri)),
      onChange: ({ training }) => {
        if (training) this.told.push(training);
      },
      use: (network) => Promise.resolve(this.used.push(network)),
      evaluate: (labelled) => Promise.resolve(this.evaluated.push(labelled)),
    });
  }

  get training(): PanelTraining {
    const { training } = this.trainer.state;
    if (training) return training;
    throw new Error('there is no training');
  }

  begin(folder: string): Promise<PanelTraining> {
    return this.trainer.begin(pathToFileURL(folder).href);
  }

  /** Resolves when a training has a status, or as many steps. */
  async until(wanted: PanelTraining['status'] | number): Promise<void> {
    await waitUntil(`the training's ${wanted}`, () => {
      const { status, step } = this.training;
      return typeof wanted === 'number' ? step >= wanted : status === wanted;
    });
  }

  async waitFor(what: string, holds: () => boolean): Promise<void> {
    await waitUntil(what, holds);
  }

  dispose(): void {
    this.trainer.dispose();
    this.engine.dispose();
  }
}
