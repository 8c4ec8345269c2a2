import type {
  ChangedRun,
  EngineInfo,
  EngineMethods,
  EngineRun,
} from '../../src/protocol/engineProtocol';
import { keptRuns } from '../../src/protocol/engineProtocol';
import type { EngineState } from '../../src/protocol/panelProtocol';
import type { CallOptions } from '../../src/protocol/rpc';
import { CancelledError, ClosedError } from '../../src/protocol/rpc';
import { Emitter } from '../../src/host/emitter';
import type { SessionEngine } from '../../src/host/session/session';

type Name = keyof EngineMethods;
type Params<K extends Name> = EngineMethods[K]['params'];
type Options<K extends Name> = CallOptions<EngineMethods[K]['progress']>;

interface Pending {
  readonly method: Name;
  readonly answer: () => void;
  readonly fail: (error: Error) => void;
  readonly report: (progress: never) => void;
}

const info: EngineInfo = { backend: 'wasm', threads: 1, version: '0', refused: [] };
const dot = { width: 1, height: 1, rgb: new Uint8Array(3) };

const emptyRun: EngineRun = {
  logits: Float32Array.of(2, 1),
  layers: [],
  width: 1,
  height: 1,
  preview: dot,
  thumbnail: dot,
  seen: dot,
  channels: [],
  milliseconds: { decode: 0, preprocess: 0, forward: 0 },
};

const emptyChange: ChangedRun = {
  logits: emptyRun.logits,
  logitsBefore: emptyRun.logits,
  layers: [],
  milliseconds: 0,
};

/** Stands for the engine's client and its process: what is not in `slow` is answered at once. */
export class FakeEngine implements SessionEngine {
  pid: number | undefined;
  runs: ReadonlySet<number> = new Set();
  /** What was asked of the process, such as `loadWeights keras` or `classify 1`. */
  readonly asked: string[] = [];
  /** Ids of the documents that were sent, to any process. */
  readonly opened: string[] = [];
  /** Methods that wait until the test answers. */
  readonly slow = new Set<Name>();
  /** What the process says instead of an answer. */
  readonly failures = new Map<Name, Error>();
  /** What the process answers, where a test has an answer of its own. */
  readonly answers = new Map<Name, (params: never) => unknown>();
  private waiting: Pending[] = [];
  private processes = 0;
  private readonly changed = new Emitter<EngineState>();
  readonly onDidChange = this.changed.event;

  start(): Promise<EngineInfo> {
    if (this.pid === undefined) {
      this.changed.fire({ status: 'starting' });
      this.pid = ++this.processes;
      this.changed.fire({ status: 'ready', info });
    }
    return Promise.resolve(info);
  }

  async call<K extends Name>(
    method: K,
    params: Params<K>,
    { signal, onProgress }: Options<K> = {},
  ): Promise<EngineMethods[K]['result']> {
    await this.start();
    if (signal?.aborted) throw new CancelledError();
    if (method === 'openDocument') this.opened.push(documentIdOf(params));
    else if (method !== 'examineWeights') this.asked.push(wordsFor(method, params));
    const failure = this.failures.get(method);
    if (failure) throw failure;
    if (this.slow.has(method)) await this.answerOf(method, signal, onProgress);
    return this.result(method, params) as EngineMethods[K]['result'];
  }

  callFirst<K extends Name>(
    method: K,
    params: Params<K>,
    options?: Options<K>,
  ): Promise<EngineMethods[K]['result']> {
    return this.call(method, params, options);
  }

  /** Lets the oldest question that waits be answered. */
  answer(): void {
    this.waiting.shift()?.answer();
  }

  report(what: string, fraction: number): void {
    this.waiting[0]?.report({ what, fraction } as never);
  }

  /** The process ends in the middle of whatever it does. */
  crash(): void {
    this.pid = undefined;
    this.runs = new Set();
    const { waiting } = this;
    this.waiting = [];
    for (const { fail } of waiting) fail(new ClosedError('the engine was killed (SIGKILL)'));
    this.changed.fire({ status: 'failed', why: 'the engine was killed (SIGKILL)' });
  }

  stop(): void {
    this.pid = undefined;
    this.runs = new Set();
    this.changed.fire({ status: 'stopped' });
  }

  private answerOf(
    method: Name,
    signal: AbortSignal | undefined,
    onProgress: ((progress: never) => void) | undefined,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const pending: Pending = {
        method,
        answer: resolve,
        fail: reject,
        report: (progress) => onProgress?.(progress),
      };
      this.waiting.push(pending);
      signal?.addEventListener('abort', () => {
        this.waiting = this.waiting.filter((each) => each !== pending);
        reject(new CancelledError());
      });
    });
  }

  private result(method: Name, params: unknown): unknown {
    const answer = this.answers.get(method);
    if (answer) return answer(params as never);
    if (method === 'examineWeights') {
      const { documentId } = params as Params<'examineWeights'>;
      return { sets: [{ key: '', fits: [{ documentId }] }], usual: '' };
    }
    if (method === 'loadWeights') {
      const { documentId, source } = params as Params<'loadWeights'>;
      const name = source.kind === 'random' ? `random, seed ${source.seed}` : source.name;
      return { documentId, trained: source.kind !== 'random', name, tensors: 1 };
    }
    if (method === 'classify') {
      const { runId, passing } = params as Params<'classify'>;
      if (!passing) this.runs = new Set([...this.runs, runId].slice(-keptRuns));
      return emptyRun;
    }
    if (method === 'changeRun') {
      const { runId, changes } = params as Params<'changeRun'>;
      this.runs = new Set([...this.runs, runId]);
      // Each channel that is off takes 1 from the first class.
      const off = Object.values(changes.off ?? {}).flat().length;
      return { ...emptyChange, logits: Float32Array.of(2 - off, 1) };
    }
    return undefined;
  }
}

function documentIdOf(params: unknown): string {
  return (params as Params<'openDocument'>).document.id;
}

function wordsFor(method: Name, params: unknown): string {
  const { documentId, runId } = (params ?? {}) as { documentId?: string; runId?: number };
  return [method, documentId ?? runId].filter((part) => part !== undefined).join(' ');
}
