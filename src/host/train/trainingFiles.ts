import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Exclusive } from '../../protocol/exclusive';
import { log } from '../log';
import type { WorkspaceMemory } from '../upToDate/picturesMemory';
import type { TrainingFolder } from './trainingFolder';
import { TrainingRecord, type KeptTraining } from './trainingRecord';

/** Which training is this workspace's. */
const key = 'alexnet.training';

const keptMilliseconds = 30 * 24 * 3_600_000;

const [stateName, folderName] = ['training.json', 'folder.json'];

/** Keeps a training of this workspace on the disk, so that a window that was closed can go on with it. */
export class TrainingFiles {
  private readonly exclusive = new Exclusive();

  constructor(
    /** Has a folder for each training, whatever workspace it is of. */
    private readonly storage: string,
    private readonly memory: WorkspaceMemory,
  ) {}

  /** Where a training keeps its own. */
  place({ begun }: Pick<TrainingRecord, 'begun'>): string {
    return join(this.storage, `${begun}`);
  }

  /** The training that an earlier window did not end; undefined where there is none. What is left of others is cleared away. */
  restore(): TrainingRecord | undefined {
    const begun = this.memory.get(key);
    if (typeof begun !== 'number') return undefined;
    const place = this.place({ begun });
    try {
      const kept = keptTraining(readJson(join(place, stateName)), begun);
      if (kept.status !== 'paused' && kept.status !== 'running' && kept.status !== 'preparing') {
        throw new Error('it is over');
      }
      return TrainingRecord.restored(kept, keptFolder(readJson(join(place, folderName))));
    } catch (error) {
      log.info(`training: ${place} is cleared away: ${String(error)}`);
      this.forget({ begun }).catch((why: unknown) => log.warn(`training: ${String(why)}`));
      return undefined;
    }
  }

  /** Writes how far a training is, one state after the other. */
  keep(record: TrainingRecord): Promise<void> {
    return this.exclusive.run(() => this.write(record));
  }

  private async write(record: TrainingRecord): Promise<void> {
    const place = this.place(record);
    await mkdir(place, { recursive: true });
    if (!existsSync(join(place, folderName))) {
      await replaceFile(join(place, folderName), record.of.folder);
    }
    await replaceFile(join(place, stateName), record.kept);
    this.memory.update(key, record.begun);
  }

  /** Clears away what a training that is over needs no more: all but the decoded pictures. */
  async endUp(record: TrainingRecord): Promise<void> {
    for (const name of ['checkpoint.safetensors', 'start.safetensors']) {
      await rm(join(this.place(record), name), { force: true });
    }
    await this.keep(record);
  }

  /** Hands a training's decoded pictures on to another one of the same folder. */
  async handOn(from: TrainingRecord, to: TrainingRecord): Promise<void> {
    await mkdir(this.storage, { recursive: true });
    if (existsSync(this.place(from))) await rename(this.place(from), this.place(to));
  }

  /** Clears away trainings that nobody has gone on with for a month, whatever workspace they are of. */
  async sweep(now: number): Promise<void> {
    for (const name of await readdir(this.storage).catch(() => [])) {
      const { mtimeMs } = await stat(join(this.storage, name, stateName)).catch(() => ({
        mtimeMs: Number(name),
      }));
      if (now - mtimeMs < keptMilliseconds || this.memory.get(key) === Number(name)) continue;
      log.info(`training: ${name} has waited for a month and is cleared away`);
      await rm(join(this.storage, name), { recursive: true, force: true });
    }
  }

  async forget(record: Pick<TrainingRecord, 'begun'>): Promise<void> {
    if (this.memory.get(key) === record.begun) this.memory.update(key, undefined);
    const place = this.place(record);
    await this.exclusive.run(() => rm(place, { recursive: true, force: true }));
  }
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

async function replaceFile(path: string, value: unknown): Promise<void> {
  await writeFile(`${path}.part`, JSON.stringify(value));
  await rename(`${path}.part`, path);
}

/** What another version wrote may look otherwise. */
function keptTraining(value: unknown, begun: number): KeptTraining {
  const kept = (value ?? {}) as Partial<KeptTraining>;
  const { progress, settings, curve } = kept;
  const isWhole =
    kept.format === 1 &&
    kept.begun === begun &&
    typeof kept.uri === 'string' &&
    typeof settings?.documentId === 'string' &&
    typeof progress?.step === 'number' &&
    Array.isArray(progress.history) &&
    Array.isArray(curve);
  if (!isWhole) throw new Error('its state is of another version');
  return kept as KeptTraining;
}

function keptFolder(value: unknown): TrainingFolder {
  const folder = (value ?? {}) as Partial<TrainingFolder>;
  const isWhole =
    typeof folder.label === 'string' &&
    Array.isArray(folder.folders) &&
    Array.isArray(folder.labels?.names) &&
    Array.isArray(folder.pictures);
  if (!isWhole) throw new Error('its pictures are listed otherwise');
  return folder as TrainingFolder;
}
