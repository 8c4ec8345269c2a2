import { clearInterval, setInterval } from 'node:timers';
import { stopwatch } from './seconds.mjs';

const everyMs = 5000;

/**
 * Says what a long task does, every few seconds that it still goes on (and what it has `reached`,
 * where it can tell), and how long it took.
 */
export async function withProgress(label, task, reached) {
  const elapsed = stopwatch();
  console.log(`${label} …`);
  const ticker = setInterval(() => {
    console.log(`  ${reached?.() || 'still at it'} after ${elapsed()}`);
  }, everyMs);
  try {
    return await task();
  } finally {
    clearInterval(ticker);
    console.log(`  ${elapsed()}`);
  }
}
