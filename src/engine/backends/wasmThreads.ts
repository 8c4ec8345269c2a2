import * as tf from '@tensorflow/tfjs-core';
import { getThreadsCount, setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { createRequire } from 'node:module';
import type { CpuInfo } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { EngineError } from '../runtime/engineError';

/** How long the threads may take to load: it takes under 0.2 s where nothing else runs. */
const loadMilliseconds = 10_000;
/** How many workers the module makes before it knows how many threads are wanted. */
const poolSize = 8;
/** The module's own limit. */
export const maxWasmThreads = poolSize;

const supportFlag = 'WASM_HAS_MULTITHREAD_SUPPORT';

interface Host {
  Worker: unknown;
}

interface LoadMessage {
  readonly cmd: string;
  readonly urlOrBlob?: unknown;
}

/** A thread as the module wants it, from files beside the bundle: its own way is a blob, which Node refuses. */
class Thread extends Worker {
  static readonly all = new Set<Thread>();
  static directory = '';

  constructor() {
    super(join(Thread.directory, 'tfjs-backend-wasm-threaded-simd.worker.js'));
    Thread.all.add(this);
  }

  override postMessage(message: LoadMessage): void {
    const script = join(Thread.directory, 'tfjs-backend-wasm-threaded-simd.js');
    super.postMessage(message.cmd === 'load' ? { ...message, urlOrBlob: script } : message);
  }
}

/** Stands in the pool for a worker that is not wanted: says that it has loaded, and never runs. */
class IdleThread {
  onmessage?: (event: { readonly data: LoadMessage }) => void;
  on(): void {}
  unref(): void {}
  terminate(): void {}
  postMessage(): void {
    setImmediate(() => this.onmessage?.({ data: { cmd: 'loaded' } }));
  }
}

/**
 * Starts TensorFlow.js' threaded WebAssembly, which it does not do in Node by itself (tensorflow/tfjs issue 3830):
 * it takes workers from blobs, makes eight of them, and at most half as many threads as there are cores.
 * While it starts, the three things it looks at are replaced.
 */
export async function startWasmThreads(threads: number, directory: string): Promise<void> {
  tf.env().set(supportFlag, true);
  setThreadsCount(threads);
  Thread.directory = directory;
  const restore = replaceGlobals(threads);
  try {
    if (!(await withDeadline(tf.setBackend('wasm')))) {
      throw new EngineError('threaded WebAssembly could not be started');
    }
  } finally {
    restore();
  }
  if (getThreadsCount() !== threads) {
    throw new EngineError(`it made ${getThreadsCount()} threads instead of ${threads}`);
  }
}

/** Takes away what startWasmThreads made, so that WebAssembly can be started anew on one thread. */
export function stopWasmThreads(): void {
  for (const thread of Thread.all) void thread.terminate();
  Thread.all.clear();
  const factory = tf.findBackendFactory('wasm');
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', factory, 1);
  tf.env().set(supportFlag, false);
  setThreadsCount(1);
}

function replaceGlobals(threads: number): () => void {
  const os = createRequire(__filename)('node:os') as { cpus: () => readonly CpuInfo[] };
  const host = globalThis as unknown as Host;
  const saved = { cpus: os.cpus, worker: Object.getOwnPropertyDescriptor(host, 'Worker') };
  const idle = poolSize - (threads - 1);
  let made = 0;
  // The module assigns Node's Worker to this name first; workers are taken from the end of the pool.
  Object.defineProperty(host, 'Worker', {
    configurable: true,
    get: () => (made++ < idle ? IdleThread : Thread),
    set: () => undefined,
  });
  const [cpu] = os.cpus();
  os.cpus = () => Array.from({ length: threads * 2 }, () => cpu as CpuInfo);
  return () => {
    os.cpus = saved.cpus;
    if (saved.worker) Object.defineProperty(host, 'Worker', saved.worker);
    else Reflect.deleteProperty(host, 'Worker');
  };
}

async function withDeadline<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new EngineError('its threads did not load in time')),
      loadMilliseconds,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
