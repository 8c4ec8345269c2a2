import type { FileRef, Moved } from '../fileRef';
import type { PictureStrip, StripItem, StripStatus } from '../../protocol/pictureStrip';
import type { StripResult } from './stripResult';

/** One of several pictures, and what is known of it now. */
export interface PictureResult {
  readonly file: FileRef;
  readonly status: StripStatus;
  /** Where it is done. */
  readonly result?: StripResult;
  /** One sentence, where it failed. */
  readonly why?: string;
}

export interface StripEntry {
  readonly id: number;
  readonly file: FileRef;
  readonly result?: StripResult;
  /** One sentence, where it failed last. */
  readonly why: string | undefined;
}

interface StripOptions {
  readonly leftOut?: number;
  /** A number that no strip has had. */
  readonly nextId: () => number;
}

/** The pictures that a person asked about together, in order: what is known of each, which are to run, which one is looked at. Runs nothing. */
export class Strip {
  private entries: Map<number, StripEntry>;
  /** How many more there were than are taken. */
  readonly leftOut: number;
  /** Those that are still to run, in order. */
  private queue: readonly number[] = [];
  private running: number | undefined;
  private shown: number | undefined;
  private current: number | undefined;
  /** What the person went to and has not seen yet: it runs first. */
  private wanted: number | undefined;
  /** Each is shown as it is done, until the person steps by hand. */
  private following = true;

  constructor(files: readonly FileRef[], { leftOut = 0, nextId }: StripOptions) {
    this.leftOut = leftOut;
    this.entries = new Map(
      files.map((file) => {
        const id = nextId();
        return [id, { id, file, why: undefined }];
      }),
    );
  }

  get size(): number {
    return this.entries.size;
  }

  /** Whether there is something to step through. */
  get isSeveral(): boolean {
    return this.entries.size > 1;
  }

  /** What was on screen last, else where the person is. */
  get place(): number | undefined {
    return this.shown ?? this.current;
  }

  get files(): readonly FileRef[] {
    return [...this.entries.values()].map(({ file }) => file);
  }

  /** Some may be among the files that have other names now. */
  rename(moved: Moved): void {
    for (const [id, entry] of this.entries) {
      const file = moved(entry.file.uri);
      if (file) this.entries.set(id, { ...entry, file });
    }
  }

  entry(id: number): StripEntry {
    const entry = this.entries.get(id);
    if (entry) return entry;
    throw new Error(`there is no picture ${id} among these; choose pictures again`);
  }

  idOf(wanted: FileRef | undefined): number | undefined {
    return [...this.entries.values()].find(({ file }) => file.uri === wanted?.uri)?.id;
  }

  /** Takes a picture in behind the one the person is at, so that a step back leads there; gives its number. */
  add(file: FileRef, id: number): number {
    const entries = [...this.entries];
    const at = entries.findIndex(([other]) => other === this.current);
    entries.splice(at < 0 ? entries.length : at + 1, 0, [id, { id, file, why: undefined }]);
    this.entries = new Map(entries);
    return id;
  }

  /** The picture before or after the one the person is at; the first where they are at none; undefined at the ends. */
  neighbour(by: 1 | -1): number | undefined {
    const ids = [...this.entries.keys()];
    return this.current === undefined ? ids[0] : ids[ids.indexOf(this.current) + by];
  }

  /** All are to run and to be shown. */
  begin(): void {
    this.queue = [...this.entries.keys()];
    this.following = true;
  }

  /** Those that nothing is known of under these circumstances are to run; where the person stays, behind what is shown. */
  queueWaiting(contextKey: string): void {
    const waiting = [...this.entries.values()].filter(
      (entry) => this.statusOf(entry, contextKey) === 'waiting',
    );
    this.queue = waiting.map(({ id }) => id);
    if (this.shown === undefined) this.following = true;
  }

  /** Whether each is shown as it is done from now on. */
  follow(follow: boolean): void {
    this.following = follow;
  }

  /** The person goes to a picture: it runs next and is shown. */
  ask(id: number): void {
    this.entries.set(id, { ...this.entry(id), why: undefined });
    this.current = id;
    this.wanted = id;
    this.following = false;
  }

  /** What is shown is asked about anew, unless the person waits for another. */
  askShownAgain(): void {
    if (!this.following && this.shown !== undefined) this.wanted ??= this.shown;
  }

  /** The one that ran when its work was given up is to run again. */
  resume(): void {
    const { running } = this;
    if (running === undefined || running === this.wanted || this.queue.includes(running)) return;
    this.queue = [running, ...this.queue];
  }

  /** Nothing is to run any more. */
  stop(): void {
    this.queue = [];
    this.running = undefined;
    this.wanted = undefined;
  }

  /** The picture that is to run now; undefined when all is done. */
  next(): StripEntry | undefined {
    const id = this.wanted ?? this.queue[0];
    this.queue = this.queue.filter((queued) => queued !== id);
    this.running = id;
    return id === undefined ? undefined : this.entry(id);
  }

  /** How many are to run after the one that runs. */
  get left(): number {
    const { wanted, queue } = this;
    const first = wanted !== undefined && wanted !== this.running && !queue.includes(wanted);
    return queue.length + Number(first);
  }

  isToBeShown(id: number): boolean {
    return this.following || this.wanted === id;
  }

  ran(id: number, result: StripResult): void {
    this.entries.set(id, { ...this.entry(id), result, why: undefined });
    this.rest(id);
  }

  failed(id: number, why: string): void {
    this.entries.set(id, { ...this.entry(id), why });
    this.rest(id);
    if (this.wanted === id) this.wanted = undefined;
  }

  /** The picture of this run is on screen; undefined: one of another place, which leaves the person where they were. */
  show(id: number | undefined): void {
    this.shown = id;
    this.current = id ?? this.current;
    if (this.wanted === id) this.wanted = undefined;
  }

  /** Undefined where there is nothing to step through. */
  view(contextKey: string): PictureStrip | undefined {
    if (!this.isSeveral) return undefined;
    const items = [...this.entries.values()].map((entry) => this.item(entry, contextKey));
    const { shown, current, following, leftOut } = this;
    return { items, shown, current, following, leftOut };
  }

  /** What is known of a picture under these circumstances. */
  result(id: number, contextKey: string): PictureResult {
    const entry = this.entry(id);
    const { file, result, why } = entry;
    const status = this.statusOf(entry, contextKey);
    return {
      file,
      status,
      ...(status === 'done' && result && { result }),
      ...(status === 'failed' && why !== undefined && { why }),
    };
  }

  private rest(id: number): void {
    if (this.running === id) this.running = undefined;
  }

  private item({ id, result: last }: StripEntry, contextKey: string): StripItem {
    const { file, status, result, why } = this.result(id, contextKey);
    return {
      id,
      name: file.label,
      status,
      ...(result && said(result)),
      ...(last && { thumbnail: last.runId }),
      ...(why !== undefined && { why }),
    };
  }

  private statusOf({ id, result, why }: StripEntry, contextKey: string): StripStatus {
    if (id === this.running) return 'running';
    if (why !== undefined) return 'failed';
    return result?.contextKey === contextKey ? 'done' : 'waiting';
  }
}

function said({ predictions: [best], trained }: StripResult): Pick<StripItem, 'result'> {
  if (!best) return {};
  const { index, label, probability } = best;
  return { result: { index, label, probability, trained } };
}
