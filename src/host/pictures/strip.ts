import type { RgbPicture } from '../../protocol/engineProtocol';
import type { FileRef } from '../fileRef';
import type { PictureStrip, StripItem, StripStatus } from '../../protocol/pictureStrip';

/** What a run said of a picture. */
export interface StripResult {
  readonly runId: number;
  readonly label: string;
  readonly probability: number;
  readonly trained: boolean;
  readonly thumbnail: RgbPicture;
  /** The network, the weights and the preparation that said so. */
  readonly contextKey: string;
}

interface Entry {
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
  private readonly entries: Map<number, Entry>;
  private readonly leftOut: number;
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

  entry(id: number): Entry {
    const entry = this.entries.get(id);
    if (entry) return entry;
    throw new Error(`there is no picture ${id} among these; choose pictures again`);
  }

  idOf({ uri }: FileRef): number | undefined {
    return [...this.entries.values()].find(({ file }) => file.uri === uri)?.id;
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

  /** Those that nothing is known of under these circumstances are to run, behind what is shown. */
  queueWaiting(contextKey: string): void {
    const waiting = [...this.entries.values()].filter(
      (entry) => this.statusOf(entry, contextKey) === 'waiting',
    );
    this.queue = waiting.map(({ id }) => id);
    this.following = this.shown === undefined;
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
  next(): Entry | undefined {
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

  /** The picture of this run is on screen; undefined: one of another place. */
  show(id: number | undefined): void {
    this.shown = id;
    this.current = id;
    if (this.wanted === id) this.wanted = undefined;
  }

  /** Undefined where there is nothing to step through. */
  view(contextKey: string): PictureStrip | undefined {
    if (this.entries.size < 2) return undefined;
    const items = [...this.entries.values()].map((entry) => this.item(entry, contextKey));
    return { items, shown: this.shown, current: this.current, leftOut: this.leftOut };
  }

  private rest(id: number): void {
    if (this.running === id) this.running = undefined;
  }

  private item(entry: Entry, contextKey: string): StripItem {
    const { id, file, result, why } = entry;
    const status = this.statusOf(entry, contextKey);
    return {
      id,
      name: file.label,
      status,
      ...(status === 'done' && result && said(result)),
      ...(result && { thumbnail: result.runId }),
      ...(status === 'failed' && why !== undefined && { why }),
    };
  }

  private statusOf({ id, result, why }: Entry, contextKey: string): StripStatus {
    if (id === this.running) return 'running';
    if (why !== undefined) return 'failed';
    return result?.contextKey === contextKey ? 'done' : 'waiting';
  }
}

function said({ label, probability, trained }: StripResult): Pick<StripItem, 'result'> {
  return { result: { label, probability, trained } };
}
