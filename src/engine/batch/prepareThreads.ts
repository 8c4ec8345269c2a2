import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PictureError } from '../../imaging/formats/pictureError';
import { EngineError } from '../runtime/engineError';
import { runJob, type PrepareAnswer, type PrepareJob } from './prepareJob';

/** More would take cores from the network's own threads. */
const mostThreads = 4;
/** Threads that had nothing to do for so long end, and give back the memory of their decoders. */
const idleMilliseconds = 10_000;

interface Waiting {
  readonly job: PrepareJob;
  readonly resolve: (tensor: Float32Array) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
}

/** Decodes and prepares pictures beside the network's run, on threads of their own; in the engine's where none can be made. */
export class PrepareThreads {
  private threads: Thread[] = [];
  private ids = 0;
  private isBroken = false;
  private idle: NodeJS.Timeout | undefined;

  constructor(
    private readonly wasmDirectory: string,
    private readonly script = join(__dirname, 'prepare.js'),
  ) {}

  /** What the network is given of a picture, [height, width, channels]; throws a PictureError where it is none. */
  prepare(job: PrepareJob): Promise<Float32Array> {
    const thread = this.quietest();
    if (!thread) return runJob(job, this.wasmDirectory);
    clearTimeout(this.idle);
    const id = ++this.ids;
    return new Promise((resolve, reject) => {
      thread.waiting.set(id, { job, resolve, reject });
      thread.worker.postMessage({ id, job });
    });
  }

  private quietest(): Thread | undefined {
    if (this.isBroken) return undefined;
    const most = Math.max(1, Math.min(mostThreads, availableParallelism() - 1));
    const free = this.threads.find(({ waiting }) => waiting.size === 0);
    if (free || this.threads.length === most) return free ?? this.leastBusy();
    return this.begin();
  }

  private leastBusy(): Thread | undefined {
    const [first, ...others] = this.threads;
    return first && others.reduce((a, b) => (b.waiting.size < a.waiting.size ? b : a), first);
  }

  private begin(): Thread {
    const thread = { worker: new Worker(this.script), waiting: new Map<number, Waiting>() };
    thread.worker.unref();
    thread.worker.on('message', (answer: PrepareAnswer) => this.take(thread, answer));
    thread.worker.on('error', () => this.giveUp(thread));
    this.threads.push(thread);
    return thread;
  }

  private take({ waiting }: Thread, answer: PrepareAnswer): void {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('tensor' in answer) asked?.resolve(answer.tensor);
    else asked?.reject(errorOf(answer));
    if (this.threads.every((thread) => thread.waiting.size === 0)) this.rest();
  }

  /** A thread that cannot begin, or came down: its pictures and all that follow are prepared here. */
  private giveUp({ waiting }: Thread): void {
    this.isBroken = true;
    this.threads = this.threads.filter((thread) => thread.waiting !== waiting);
    for (const { job, resolve, reject } of waiting.values()) {
      runJob(job, this.wasmDirectory).then(resolve, reject);
    }
    waiting.clear();
  }

  private rest(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      const { threads } = this;
      this.threads = [];
      for (const { worker } of threads) void worker.terminate();
    }, idleMilliseconds);
    this.idle.unref();
  }
}

function errorOf({ name, message }: { readonly name: string; readonly message: string }): Error {
  return name === 'PictureError' ? new PictureError(message) : new EngineError(message);
}
