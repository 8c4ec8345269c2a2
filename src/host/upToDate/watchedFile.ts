import type { RunView } from '../../protocol/panelProtocol';
import type { Disposable } from '../emitter';
import type { FileRef } from '../fileRef';

/** Where files are watched. */
export interface FileWatching {
  /** Changes with a file's content, as far as its folder tells; undefined where there is no such file. */
  stamp(file: FileRef): Promise<string | undefined>;
  /** Tells when something happened to a file, until it is disposed. */
  watch(file: FileRef, onEvent: () => void): Disposable;
}

/** Whether the file of the picture on screen is still the one that ran. It is watched only while it is looked at. */
export class WatchedFile {
  private run: RunView | undefined;
  private stamp: string | undefined;
  private found: 'changed' | 'gone' | undefined;
  private watcher: Disposable | undefined;

  constructor(
    private readonly files: FileWatching,
    private readonly onChange: (file: FileRef) => void,
  ) {}

  get state(): 'changed' | 'gone' | undefined {
    return this.found;
  }

  /** Looks at a run's file until it is told otherwise. */
  follow(run: RunView, file: FileRef): void {
    if (run !== this.run) {
      this.rest();
      this.run = run;
      this.found = undefined;
      this.stamp = undefined;
    }
    if (this.watcher) return;
    this.watcher = this.files.watch(file, () => void this.look(run, file));
    void this.look(run, file);
  }

  /** Nobody looks. */
  rest(): void {
    this.watcher?.dispose();
    this.watcher = undefined;
  }

  private async look(run: RunView, file: FileRef): Promise<void> {
    const stamp = await this.files.stamp(file);
    if (run !== this.run) return;
    this.stamp ??= stamp;
    const found = stamp === undefined ? 'gone' : stamp === this.stamp ? undefined : 'changed';
    if (found === this.found) return;
    this.found = found;
    this.onChange(file);
  }
}
