import { CancelledError, RemoteError, type CallOptions } from '../../protocol/rpc';
import { messageOf } from '../draw/resource';

/** Something that takes long: on its way, there, refused, or stopped by a person or by other work. */
export type LongRead<T, P> =
  | { readonly status: 'loading'; readonly progress?: P }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly why: string }
  | { readonly status: 'stopped'; readonly progress?: P };

interface Entry<T, P> {
  state: LongRead<T, P>;
  readonly controller: AbortController;
}

interface LongReadsOptions<Params, T, P> {
  readonly ask: (params: Params, options: CallOptions<P>) => Promise<T>;
  /** Called when more is known, so that what shows it is drawn anew. */
  readonly onLoaded: () => void;
  /** Progress with what of the one before is still to be shown. */
  readonly joined: (progress: P, before: P | undefined) => P;
  /** How many are remembered. */
  readonly kept: number;
}

/** What is asked of a run and takes long, by what was asked; what nobody looks at any more is ended. */
export class LongReads<Params extends { readonly runId: number }, T, P> {
  private readonly entries = new Map<string, Entry<T, P>>();
  private foreseen: string | undefined;

  constructor(private readonly options: LongReadsOptions<Params, T, P>) {}

  /** What is known of it now, if it was asked for. */
  known(params: Params): LongRead<T, P> | undefined {
    return this.entries.get(keyOf(params))?.state;
  }

  /** What is known of it now; asks where nothing is. */
  get(params: Params): LongRead<T, P> {
    const key = keyOf(params);
    const known = this.entries.get(key);
    if (known) {
      this.entries.delete(key);
      this.entries.set(key, known);
      return known.state;
    }
    return this.begin(key, params);
  }

  /** Asks anew for what failed or was stopped. */
  again(params: Params): void {
    const status = this.known(params)?.status;
    if (status === 'failed' || status === 'stopped') this.entries.delete(keyOf(params));
    this.get(params);
    this.options.onLoaded();
  }

  /** Asks for what a person is about to ask for; it goes on until something else is foreseen. */
  askAhead(params: Params): void {
    this.foreseen = keyOf(params);
    this.get(params);
  }

  /** Ends and forgets what is on its way besides these and what was foreseen. */
  endAllBut(wanted: readonly Params[]): void {
    const kept = new Set([...wanted.map(keyOf), this.foreseen]);
    for (const [key, { state, controller }] of this.entries) {
      if (state.status !== 'loading' || kept.has(key)) continue;
      this.entries.delete(key);
      controller.abort();
    }
  }

  /** Ends what is on its way; what is known of it stays. */
  stop(): void {
    for (const { state, controller } of this.entries.values())
      if (state.status === 'loading') controller.abort();
  }

  /** Those of a run that are there. */
  readyOf(runId: number): readonly T[] {
    const prefix = runPrefix(runId);
    return [...this.entries].flatMap(([key, { state }]) =>
      state.status === 'ready' && key.startsWith(prefix) ? [state.value] : [],
    );
  }

  /** Forgets what failed or was stopped, so that it is asked for again. */
  retry(): void {
    for (const [key, { state }] of this.entries) {
      if (state.status === 'failed' || state.status === 'stopped') this.entries.delete(key);
    }
    this.options.onLoaded();
  }

  private begin(key: string, params: Params): LongRead<T, P> {
    const { ask, joined, kept } = this.options;
    const entry: Entry<T, P> = { state: { status: 'loading' }, controller: new AbortController() };
    this.entries.set(key, entry);
    const [oldest] = this.entries.keys();
    if (this.entries.size > kept && oldest !== undefined) this.entries.delete(oldest);
    const { signal } = entry.controller;
    const onProgress = (progress: P): void => {
      const now = joined(progress, progressOf(entry.state));
      this.change(key, entry, { status: 'loading', progress: now });
    };
    ask(params, { signal, onProgress }).then(
      (value) => this.change(key, entry, { status: 'ready', value }),
      (error: unknown) => this.change(key, entry, ended(error, entry.state)),
    );
    return entry.state;
  }

  private change(key: string, entry: Entry<T, P>, state: LongRead<T, P>): void {
    if (this.entries.get(key) !== entry) return;
    entry.state = state;
    this.options.onLoaded();
  }
}

function ended<T, P>(error: unknown, before: LongRead<T, P>): LongRead<T, P> {
  const progress = progressOf(before);
  return isCancelled(error)
    ? { status: 'stopped', ...(progress !== undefined && { progress }) }
    : { status: 'failed', why: messageOf(error) };
}

function isCancelled(error: unknown): boolean {
  if (error instanceof RemoteError) return error.remoteName === CancelledError.name;
  return error instanceof CancelledError;
}

function progressOf<T, P>(state: LongRead<T, P>): P | undefined {
  return 'progress' in state ? state.progress : undefined;
}

function runPrefix(runId: number): string {
  return `${runId} `;
}

function keyOf({ runId, ...request }: { readonly runId: number }): string {
  return runPrefix(runId) + JSON.stringify(request);
}
