import type {
  Explanation,
  ExplanationParams,
  ExplanationProgress,
} from '../../protocol/explanation';
import { CancelledError, RemoteError } from '../../protocol/rpc';
import { messageOf } from '../draw/resource';
import type { Ask } from './ask';

/** A map of a large picture takes 600 kB: those of several classes by every method. */
const keptExplanations = 60;

/** An explanation on its way, there, refused, or stopped by a person or by other work. */
export type Explaining =
  | { readonly status: 'loading'; readonly progress?: ExplanationProgress }
  | { readonly status: 'ready'; readonly value: Explanation }
  | { readonly status: 'failed'; readonly why: string }
  | { readonly status: 'stopped'; readonly progress?: ExplanationProgress };

interface Entry {
  state: Explaining;
  readonly controller: AbortController;
}

/** Explanations by what was asked; those that nobody looks at any more are ended, so that the next one begins at once. */
export class ExplanationReads {
  private readonly entries = new Map<string, Entry>();
  private foreseen: string | undefined;

  /** `onLoaded` is called when more is known, so that what shows it is drawn anew. */
  constructor(
    private readonly ask: Ask,
    private readonly onLoaded: () => void,
  ) {}

  /** What is known of it now, if it was asked for. */
  known(params: ExplanationParams): Explaining | undefined {
    return this.entries.get(keyOf(params))?.state;
  }

  /** What is known of it now; asks where nothing is. */
  get(params: ExplanationParams): Explaining {
    const key = keyOf(params);
    const known = this.entries.get(key);
    if (known) {
      this.entries.delete(key);
      this.entries.set(key, known);
      return known.state;
    }
    return this.begin(key, params);
  }

  /** Asks for what a person is about to ask for; it goes on until something else is foreseen. */
  askAhead(params: ExplanationParams): void {
    this.foreseen = keyOf(params);
    this.get(params);
  }

  /** Ends and forgets what is on its way besides these and what was foreseen. */
  endAllBut(wanted: readonly ExplanationParams[]): void {
    const kept = new Set([...wanted.map(keyOf), this.foreseen]);
    for (const [key, { state, controller }] of this.entries) {
      if (state.status !== 'loading' || kept.has(key)) continue;
      this.entries.delete(key);
      controller.abort();
    }
  }

  /** Those of a run that are there. */
  readyOf(runId: number): readonly Explanation[] {
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
    this.onLoaded();
  }

  private begin(key: string, params: ExplanationParams): Explaining {
    const entry: Entry = { state: { status: 'loading' }, controller: new AbortController() };
    this.entries.set(key, entry);
    const [oldest] = this.entries.keys();
    if (this.entries.size > keptExplanations && oldest !== undefined) this.entries.delete(oldest);
    const { signal } = entry.controller;
    const onProgress = (progress: ExplanationProgress): void => {
      // One that only says how far it is keeps the map of before.
      const map = progress.map ?? progressOf(entry.state)?.map;
      this.change(key, entry, {
        status: 'loading',
        progress: { ...progress, ...(map && { map }) },
      });
    };
    this.ask('explain', params, { signal, onProgress }).then(
      (value) => this.change(key, entry, { status: 'ready', value }),
      (error: unknown) => this.change(key, entry, ended(error, entry.state)),
    );
    return entry.state;
  }

  private change(key: string, entry: Entry, state: Explaining): void {
    if (this.entries.get(key) !== entry) return;
    entry.state = state;
    this.onLoaded();
  }
}

function ended(error: unknown, before: Explaining): Explaining {
  const progress = progressOf(before);
  return isCancelled(error)
    ? { status: 'stopped', ...(progress && { progress }) }
    : { status: 'failed', why: messageOf(error) };
}

function isCancelled(error: unknown): boolean {
  if (error instanceof RemoteError) return error.remoteName === CancelledError.name;
  return error instanceof CancelledError;
}

function progressOf(state: Explaining): ExplanationProgress | undefined {
  return 'progress' in state ? state.progress : undefined;
}

function runPrefix(runId: number): string {
  return `${runId} `;
}

function keyOf({ runId, ...request }: ExplanationParams): string {
  return runPrefix(runId) + JSON.stringify(request);
}
