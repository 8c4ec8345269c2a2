import type { RunView } from '../../protocol/panelProtocol';
import type { FileRef, Moved } from '../fileRef';
import type { Choices } from './choices';

/** Where a run came from. */
export interface Origin {
  readonly file: FileRef;
  /** What was chosen when it was shown. */
  readonly key: string;
}

/** The run on screen, and where it and earlier ones came from. */
export class ShownRun {
  private current: RunView | undefined;
  private readonly origins = new WeakMap<RunView, Origin>();

  constructor(private readonly choices: Pick<Choices, 'key'>) {}

  get run(): RunView | undefined {
    return this.current;
  }

  get file(): FileRef | undefined {
    return this.originOf(this.current)?.file;
  }

  /** Whether it is of another network, other weights or another preparation than are chosen now. */
  get isOutdated(): boolean {
    const origin = this.originOf(this.current);
    return origin !== undefined && origin.key !== this.choices.key;
  }

  originOf(run: RunView | undefined): Origin | undefined {
    return run && this.origins.get(run);
  }

  show(run: RunView, origin: Origin): void {
    this.note(run, origin);
    this.current = run;
  }

  /** A run that is not on screen, or not yet. */
  note(run: RunView, origin: Origin): void {
    this.origins.set(run, origin);
  }

  /** The run on screen with its file's other name; undefined where it has none. */
  rename(moved: Moved): RunView | undefined {
    const { current } = this;
    const origin = this.originOf(current);
    const file = origin && moved(origin.file.uri);
    if (!current || !file) return undefined;
    const renamed = { ...current, name: file.label };
    this.show(renamed, { ...origin, file });
    return renamed;
  }

  clear(): void {
    this.current = undefined;
  }
}
