import type { FileRef } from '../fileRef';
import type { Memory } from './weightsMemory';

const key = 'alexnet.fileAnswers';
/** More files than a person is asked about. */
const most = 100;

/** What a person said of a file of weights that leaves it open. */
export interface FileAnswer {
  /** The key of the set that is meant. */
  readonly set?: string;
  /** Which of the networks that it fits it is for. */
  readonly network?: string;
}

interface Kept extends FileAnswer {
  /** Of the file that was asked about: another one of its name is asked about anew. */
  readonly stamp: string;
}

/** What a person said of files of weights, by their addresses; kept for a workspace. */
export class FileAnswers {
  constructor(
    private readonly memory: Memory,
    /** Changes with a file's content; undefined where it cannot be told. */
    private readonly stampOf: (file: FileRef) => Promise<string | undefined>,
  ) {}

  /** Whether anything was said of the file of this address. */
  has(uri: string): boolean {
    return this.all.has(uri);
  }

  /** Undefined where nothing was said of the file as it is now. */
  async of(file: FileRef): Promise<FileAnswer | undefined> {
    const kept = this.all.get(file.uri);
    if (!kept || kept.stamp !== (await this.stampOf(file))) return undefined;
    const { set, network } = kept;
    return { ...(set !== undefined && { set }), ...(network !== undefined && { network }) };
  }

  async keep(file: FileRef, answer: FileAnswer): Promise<void> {
    const stamp = await this.stampOf(file);
    if (stamp === undefined) return;
    const { all } = this;
    all.delete(file.uri);
    all.set(file.uri, { ...answer, stamp });
    await this.memory.update(key, Object.fromEntries([...all].slice(-most)));
  }

  async forget(uri: string): Promise<void> {
    const { all } = this;
    if (all.delete(uri)) await this.memory.update(key, Object.fromEntries(all));
  }

  private get all(): Map<string, Kept> {
    const kept = this.memory.get(key);
    const entries = typeof kept === 'object' && kept !== null ? Object.entries(kept) : [];
    return new Map(entries.filter((entry): entry is [string, Kept] => isKept(entry[1])));
  }
}

/** What a former version kept may look otherwise. */
function isKept(value: unknown): value is Kept {
  const { stamp, set, network } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const texts = [set, network].filter((said) => said !== undefined);
  return typeof stamp === 'string' && texts.every((said) => typeof said === 'string');
}
