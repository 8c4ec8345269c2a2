import type { FileRef } from './fileRef';

/** What is kept for a workspace from one window to the next, by key. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** More files than a person says something about. */
const most = 100;

/** With the stamp of the file that it was said of: another one of its name is asked about anew. */
type Kept<T> = T & { readonly stamp: string };

interface FileMemoryOptions<T> {
  readonly memory: Memory;
  readonly key: string;
  /** Changes with a file's content; undefined where it cannot be told. */
  readonly stampOf: (file: FileRef) => Promise<string | undefined>;
  /** What of a kept value makes sense; a former version may have kept another. */
  readonly read: (value: Readonly<Record<string, unknown>>) => T | undefined;
}

/** What a person said of files, by their addresses; kept for a workspace. */
export class FileMemory<T extends object> {
  constructor(private readonly options: FileMemoryOptions<T>) {}

  /** Whether anything was said of the file of this address. */
  has(uri: string): boolean {
    return this.all.has(uri);
  }

  /** Undefined where nothing was said of the file as it is now. */
  async of(file: FileRef): Promise<T | undefined> {
    const kept = this.all.get(file.uri);
    if (!kept || kept.stamp !== (await this.options.stampOf(file))) return undefined;
    return this.options.read({ ...kept });
  }

  async keep(file: FileRef, answer: T): Promise<void> {
    const { memory, key, stampOf } = this.options;
    const stamp = await stampOf(file);
    if (stamp === undefined) return;
    const { all } = this;
    all.delete(file.uri);
    all.set(file.uri, { ...answer, stamp });
    await memory.update(key, Object.fromEntries([...all].slice(-most)));
  }

  async forget(uri: string): Promise<void> {
    const { all } = this;
    const { memory, key } = this.options;
    if (all.delete(uri)) await memory.update(key, Object.fromEntries(all));
  }

  private get all(): Map<string, Kept<T>> {
    const { memory, key } = this.options;
    const kept = memory.get(key);
    const entries = typeof kept === 'object' && kept !== null ? Object.entries(kept) : [];
    return new Map(entries.filter((entry): entry is [string, Kept<T>] => this.isKept(entry[1])));
  }

  private isKept(value: unknown): value is Kept<T> {
    const fields = (value ?? {}) as Readonly<Record<string, unknown>>;
    return typeof fields['stamp'] === 'string' && this.options.read(fields) !== undefined;
  }
}
