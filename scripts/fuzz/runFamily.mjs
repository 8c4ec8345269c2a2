import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { inRoot } from '../lib/root.mjs';
import { must } from '../lib/run.mjs';

const script = inRoot('out', 'test', 'fuzz', 'fuzzChild.js');
/** Faults of a family after which more would say nothing new. */
const enough = 40;

/** What families there are. */
export async function familyNames() {
  return JSON.parse(await must(process.execPath, [script], { quiet: true })).value;
}

/** Writes the file that a seed breaks. */
export async function keepFile(family, seed, path) {
  await must(process.execPath, [script, '--family', family, '--seed', `${seed}`, '--keep', path]);
}

/**
 * Tries so many files of a family and goes on for so many seconds, each in a process that others follow when a file ends
 * it. Gives how many files were tried and what was wrong with which.
 */
export async function runFamily(family, { seed: first, count, seconds, python }) {
  const begun = performance.now();
  const faults = [];
  let next = first;
  for (;;) {
    const left = {
      count: first + count - next,
      seconds: seconds - (performance.now() - begun) / 1000,
    };
    if ((left.count <= 0 && left.seconds <= 0) || faults.length >= enough) break;
    const ended = await runChild(family, { seed: next, ...left, python });
    faults.push(...ended.faults);
    next = ended.next;
  }
  return { tried: next - first, faults };
}

/** One process, until it is done or ends: by the file that it was at, if it does not say that it is done. */
async function runChild(family, { seed, count, seconds, python }) {
  const args = ['--family', family, '--seed', `${seed}`, '--count', `${Math.max(0, count)}`];
  const child = spawn(
    process.execPath,
    [
      script,
      ...args,
      '--seconds',
      `${Math.max(0, seconds)}`,
      ...(python ? ['--python', python] : []),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const faults = [];
  const said = [];
  let [at, done] = [seed, false];
  child.stderr.on('data', (text) => said.push(text));
  const closed = new Promise((resolve) => child.on('close', (...ends) => resolve(ends)));
  for await (const line of createInterface({ input: child.stdout })) {
    const { what, value } = JSON.parse(line);
    if (what === 'fault') faults.push(value);
    else at = value;
    done = what === 'end';
  }
  const [code, signal] = await closed;
  if (done) return { faults, next: at };
  const why = Buffer.concat(said).toString().trim().split('\n').slice(-3).join(' ');
  return {
    faults: [...faults, { seed: at, why: `ended by ${signal ?? code}: ${why}` }],
    next: at + 1,
  };
}
