import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** How long anything is waited for on a quiet, fast machine: a wait that succeeds early costs nothing. */
const usualMs = 60_000;
const pollMs = 20;
const firstPatienceMs = 1_000;

/** Milliseconds that something may take here and now which takes `milliseconds` at most on a quiet, fast machine. */
export function atMost(milliseconds: number): number {
  return milliseconds * pace();
}

/** How many times slower this machine is, 1 or more; scripts/lib/pace.mjs measures it during `npm test`. */
function pace(): number {
  const file = process.env['ALEXNET_PACE'];
  return file !== undefined && existsSync(file) ? Number(readFileSync(file, 'utf8')) : 1;
}

/** Waits until a condition holds. */
export async function waitUntil(
  what: string,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  await eventually(what, async () => {
    if (!(await holds())) throw new Error('not yet');
  });
}

/**
 * Tries until it works: VS Code learns commands late and swaps frames while it loads. What an attempt waits for itself
 * gets the given milliseconds, more with every attempt.
 */
export async function eventually<T>(
  what: string,
  attempt: (patience: number) => Promise<T>,
): Promise<T> {
  const begun = performance.now();
  for (let tries = 1; ; tries++) {
    try {
      return await attempt(atMost(tries * firstPatienceMs));
    } catch (error) {
      if (performance.now() - begun > atMost(usualMs))
        throw new Error(`${what} did not come about`, { cause: error });
      await delay(pollMs);
    }
  }
}
