import { writeSync } from 'node:fs';
import { setInterval } from 'node:timers';
import { Worker, workerData } from 'node:worker_threads';

/** Of the processor's time: what else the machine does counts nothing. */
const maxSeconds = 5;
const maxBytes = 2 ** 30;
const lookMs = 50;

/** When the file in work was begun, in microseconds of the processor; 0 while there is none. */
const begun = new Float64Array(
  workerData instanceof SharedArrayBuffer ? workerData : new SharedArrayBuffer(8),
);

let watcher: Worker | undefined;

/** Does work that may take 5 s and, with all that this process holds, 1 GiB: else the process says so and ends. */
export async function guardedWork<T>(work: () => Promise<T>): Promise<T> {
  if (!watcher) {
    watcher = new Worker(__filename, { workerData: begun.buffer });
    watcher.unref();
  }
  begun[0] = spentMicroseconds();
  try {
    return await work();
  } finally {
    begun[0] = 0;
  }
}

/** The thread that looks. */
export function watch(): void {
  setInterval(() => {
    const since = begun[0] ?? 0;
    if (since > 0 && spentMicroseconds() - since > maxSeconds * 1e6)
      end(`took more than ${maxSeconds} s`);
    const peak = process.resourceUsage().maxRSS * 1024;
    if (peak > maxBytes) end(`took ${Math.round(peak / 2 ** 20)} MiB of memory`);
  }, lookMs);
}

function end(why: string): void {
  writeSync(2, `${why}\n`);
  process.kill(process.pid, 'SIGKILL');
}

function spentMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
